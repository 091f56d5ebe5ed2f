// The charts' numbers as a table: watchers per hour and location, and the sums.

import {clock, count, percent} from './format.js';
import {countState, ratio, sum} from './model.js';

export function showHours(table, locations, perLocation, windowMinutes) {
  const perHour = 60 / windowMinutes;
  const head = ['Hour', ...locations.map((location) => location.name ?? location.id), 'All', 'OTS', 'Conversion'];
  const body = Array.from({length: 24}, (_, hour) => {
    const parts = perLocation.map((windows) => windows.slice(hour * perHour, (hour + 1) * perHour));
    const watchers = sum(parts.flat().map((window) => window.watchers));
    const ots = sum(parts.flat().map((window) => window.ots));
    const begun = parts.some((part) => part.length > countState(part, 'future'));
    return begun ? row(clock(hour * 60), [
      ...parts.map(locationCell),
      cell(count(watchers)), cell(count(ots)), cell(percent(ratio(watchers, ots))),
    ]) : null;
  });
  const top = document.createElement('tr');
  top.append(...head.map((text) => header('col', text)));
  const [thead, tbody] = [document.createElement('thead'), document.createElement('tbody')];
  thead.append(top);
  tbody.append(...body.filter((one) => one !== null));
  table.replaceChildren(thead, tbody);
}

function locationCell(part) {
  const watchers = sum(part.map((window) => window.watchers));
  const corrected = countState(part, 'corrected') > 0;
  if (watchers !== null) return cell(count(watchers) + (corrected ? ' *' : ''));
  return cell(null, countState(part, 'open') > 0 ? 'open' : 'no data');
}

function row(name, cells) {
  const element = document.createElement('tr');
  element.append(header('row', name), ...cells);
  return element;
}

function header(scope, text) {
  const element = document.createElement('th');
  element.scope = scope;
  element.textContent = text;
  return element;
}

function cell(text, missing = 'no data') {
  const element = document.createElement('td');
  element.textContent = text ?? missing;
  element.classList.toggle('missing', text === null);
  return element;
}
