package io.github.vidicenter.flink.examples;

/** What the example reads of a viewer: the keys of the export, in camel case. Times in 1/10 s. */
public record Viewer(long locationId, int dwellTimeInTenthsOfSec, int attentionTimeInTenthsOfSec) {}
