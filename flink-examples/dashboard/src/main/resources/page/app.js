// Puts the server's events on the page.

import {showAccount} from './account.js';
import {colour, DayChart, writeCount, writePercent} from './charts.js';
import {setWidths, showDemographics} from './demographics.js';
import {Feed} from './feed.js';
import {count, dateOf, percent, seconds, shiftDay, write} from './format.js';
import {showHours} from './hours.js';
import {LocationList} from './locations.js';
import {figures, isToday, minuteOfDay, ratio, totals, windows} from './model.js';

const element = (id) => document.getElementById(id);
const audience = new DayChart(element('audience-chart'), writeCount);
const conversion = new DayChart(element('conversion-chart'), writePercent);
const list = new LocationList(element('location-list'));
const filter = element('filter');

let day = null;
let status = null;
let asked = null; // null: today

const feed = new Feed({
  day: (received) => {
    day = received;
    show();
  },
  status: (received) => {
    const begun = status === null;
    status = received;
    tick();
    if (begun) show();
  },
  state: (state) => {
    element('connection').dataset.state = state;
    element('connection').textContent = state === 'live' ? 'live' : 'connection lost, trying again';
  },
});

/** Once a second. */
function tick() {
  element('now').textContent = status.now.slice(0, 16).replace('T', ' ');
  element('now').dateTime = status.now;
  showAccount(status);
  if (day !== null) {
    list.tick(day.locations, status.now);
    days();
    openWindows();
  }
}

function days() {
  element('day').value = day.day;
  element('day').max = dateOf(status.now);
  element('next').disabled = isToday(day.day, status.now);
  element('today').setAttribute('aria-pressed', asked === null);
}

/** A window opens although nothing is read. */
let openThen = -1;
function openWindows() {
  const begun = Math.floor(Date.parse(`${status.now}Z`) / 60000 / day.windowMinutes);
  if (begun !== openThen) {
    openThen = begun;
    show();
  }
}

function show() {
  if (day === null || status === null) return;
  options();
  const indexed = day.locations.map((location, index) => ({
    location, index, windows: windows(location, day, status.now),
  }));
  const shown = indexed.filter(({location}) => filter.value === '' || String(location.id) === filter.value);
  showFigures(shown);
  showCharts(shown);
  showDemographics(element('demographics'), element('demographics-note'), shown.map((one) => one.location));
  setWidths(element('demographics'));
  list.show(day.locations, indexed.map((one) => one.windows), status.now);
  showHours(element('hours'), shown.map((one) => one.location), shown.map((one) => one.windows), day.windowMinutes);
  days();
}

function options() {
  const names = day.locations.map((location) => location.name ?? `Location ${location.id}`);
  if (filter.options.length === names.length + 1
    && names.every((name, index) => filter.options[index + 1].textContent === name)) return;
  const chosen = filter.value;
  filter.replaceChildren(new Option('all locations', ''),
    ...day.locations.map((location, index) => new Option(names[index], location.id)));
  filter.value = chosen;
}

function showFigures(shown) {
  const sums = figures(shown.map((one) => one.location), shown.map((one) => one.windows));
  write(element('watchers'), count(sums.watchers));
  write(element('ots'), count(sums.ots));
  write(element('conversion'), percent(sums.conversion));
  write(element('dwell'), seconds(sums.dwell));
  write(element('open'), count(sums.open));
  write(element('corrected'), count(sums.corrected));
}

function showCharts(shown) {
  const all = totals(shown.map((one) => one.windows));
  const minutes = all.map((window) => window.minute);
  const corrected = all.map((window, at) =>
    shown.some((one) => one.windows[at].state === 'corrected') ? window.watchers : null);
  const single = shown.length === 1;
  const lines = [
    {label: single ? name(shown[0]) : 'all', colour: single ? colour(shown[0].index) : '--total', width: 2.2,
      fill: '--total-fill', values: all.map((window) => window.watchers)},
    ...(single ? [] : shown.map((one) => ({label: name(one), colour: colour(one.index), width: 1.4,
      values: one.windows.map((window) => window.watchers)}))),
    {label: 'corrected', colour: '--corrected', dots: true, values: corrected},
  ];
  const now = minuteOfDay(day.day, status.now);
  audience.show(minutes, now, lines);
  conversion.show(minutes, now, [{label: 'conversion', colour: '--accent', width: 2, fill: '--total-fill',
    values: all.map((window) => ratio(window.watchers, window.ots))}]);
  legend(lines);
  const sums = figures(shown.map((one) => one.location), shown.map((one) => one.windows));
  element('audience-chart').ariaLabel = `Watchers per window of ${day.windowMinutes} minutes, ${day.day}: `
    + `${count(sums.watchers) ?? 'no data'} in all, ${sums.corrected} windows corrected. All numbers are in the table below.`;
  element('conversion-chart').ariaLabel = `Conversion per window: ${percent(sums.conversion) ?? 'no data'} over the day.`;
}

const name = ({location}) => location.name ?? `Location ${location.id}`;

function legend(lines) {
  element('legend').replaceChildren(...lines.map((line) => {
    const [entry, mark] = [document.createElement('li'), document.createElement('i')];
    mark.style.color = `var(${line.colour})`;
    mark.classList.toggle('mark', line.dots === true);
    entry.append(mark, line.label);
    return entry;
  }));
}

function ask(wanted) {
  asked = wanted === null || (status !== null && isToday(wanted, status.now)) ? null : wanted;
  feed.listen(asked);
}

element('previous').addEventListener('click', () => day && ask(shiftDay(day.day, -1)));
element('next').addEventListener('click', () => day && ask(shiftDay(day.day, 1)));
element('today').addEventListener('click', () => ask(null));
element('day').addEventListener('change', (event) => event.target.value && ask(event.target.value));
filter.addEventListener('change', show);
feed.listen(null);
