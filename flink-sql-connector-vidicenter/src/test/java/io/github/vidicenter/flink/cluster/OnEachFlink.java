package io.github.vidicenter.flink.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A test that takes a Flink version, whose cluster {@link FlinkClusters#of} has. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "Flink {0}")
@MethodSource("io.github.vidicenter.flink.cluster.FlinkClusters#versions")
public @interface OnEachFlink {}
