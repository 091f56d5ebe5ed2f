// What the page shows, worked out of a day as the server sends it. Nothing here touches the page.

import {dateOf, instant} from './format.js';

/** Sums what is there; null if nothing is. */
export function sum(values) {
  let total = null;
  for (const value of values) {
    if (value !== null && value !== undefined) total = (total ?? 0) + value;
  }
  return total;
}

export const ratio = (part, all) => (part === null || !all ? null : part / all);

/** The minute of the shown day that now is: 0 to 1440, or beyond either end. */
export function minuteOfDay(day, now) {
  return (instant(now) - instant(`${day}T00:00`)) / 60000;
}

/**
 * A location's windows, one for each of the day: 'data', 'corrected', 'none' (read, but no camera
 * was at work or has uploaded), 'open' (begun, not read yet) or 'future'.
 */
export function windows(location, day, now) {
  const length = day.windowMinutes;
  const read = new Map(location.windows.map((window) => [window.minute, window]));
  const minuteNow = minuteOfDay(day.day, now);
  return Array.from({length: 1440 / length}, (_, index) => {
    const minute = index * length;
    const window = read.get(minute) ?? {minute, ots: null, watchers: null, revision: 0};
    return {...window, state: state(read.has(minute), window, minute <= minuteNow)};
  });
}

function state(isRead, window, hasBegun) {
  if (!isRead) return hasBegun ? 'open' : 'future';
  if (window.ots === null) return 'none';
  return window.revision > 0 ? 'corrected' : 'data';
}

export const countState = (all, ...states) =>
  all.filter((window) => states.includes(window.state)).length;

/** Sums over one window of several locations. */
export function totals(perLocation) {
  const [first] = perLocation;
  return (first ?? []).map((_, index) => {
    const windowsThen = perLocation.map((all) => all[index]);
    return {
      minute: windowsThen[0].minute,
      ots: sum(windowsThen.map((window) => window.ots)),
      watchers: sum(windowsThen.map((window) => window.watchers)),
    };
  });
}

export function figures(locations, perLocation) {
  const all = perLocation.flat();
  const watchers = sum(all.map((window) => window.watchers));
  const ots = sum(all.map((window) => window.ots));
  const groups = locations.flatMap((location) => location.groups);
  const dwell = sum(groups.map((group) => group.dwellTenths));
  const stayed = sum(groups.map((group) => group.watchers));
  return {
    watchers,
    ots,
    conversion: ratio(watchers, ots),
    dwell: dwell === null ? null : ratio(dwell / 10, stayed),
    open: countState(all, 'open'),
    corrected: countState(all, 'corrected'),
  };
}

/** How long ago a location's latest data ends, in minutes; null if there is none. */
export function age(location, now) {
  return location.latest === null ? null : (instant(now) - instant(location.latest)) / 60000;
}

export function freshness(minutes) {
  if (minutes === null || minutes > 240) return 'stale';
  return minutes > 60 ? 'late' : 'fresh';
}

/** Watchers by gender and age over the locations: cells[gender][age]. */
export function demographics(locations) {
  const cells = [0, 1, 2].map(() => [null, null, null, null, null]);
  for (const {gender, age: bracket, watchers} of locations.flatMap((location) => location.groups)) {
    cells[gender][bracket] = sum([cells[gender][bracket], watchers]);
  }
  return cells;
}

export const isToday = (day, now) => day === dateOf(now);
