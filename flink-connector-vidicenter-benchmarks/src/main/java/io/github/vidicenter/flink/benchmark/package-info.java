/** What {@code docs/performance.md} shows, measured: one main class for each table. */
package io.github.vidicenter.flink.benchmark;
