package io.github.vidicenter.flink.process;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A test that takes long: on the newest Flink, or on each of them in the profile of the faults. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "Flink {0}")
@MethodSource("io.github.vidicenter.flink.cluster.FlinkClusters#fewVersions")
@interface OnFewFlinks {}
