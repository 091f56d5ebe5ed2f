package io.github.vidicenter.simulator.audience;

/**
 * A vehicle that passed.
 *
 * @param time local time in seconds as if UTC
 * @param type 1 car, 2 bus, 3 truck or SUV, 4 van, 5 bike
 * @param color null or out of the documented range now and then
 * @param presence in tenths of seconds
 * @param impressions people in it, in hundredths
 */
public record Vehicle(long time, int type, Long color, int presence, int impressions) {}
