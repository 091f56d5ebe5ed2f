// Watchers by age and gender, as a table whose cells are bars.

import {count} from './format.js';
import {demographics, sum} from './model.js';

const AGES = ['unknown', 'child', 'young adult', 'adult', 'senior'];
const [UNKNOWN, MALE, FEMALE] = [0, 1, 2];

export function showDemographics(table, note, locations) {
  const cells = demographics(locations);
  const all = sum(cells.flat());
  const most = Math.max(1, ...cells[MALE], ...cells[FEMALE]);
  const rows = [1, 2, 3, 4, 0].map((age) => `
    <tr><td>${half('male', cells[MALE][age], most, all)}</td><th scope="row">${AGES[age]}</th>
    <td>${half('female', cells[FEMALE][age], most, all)}</td></tr>`);
  table.innerHTML = `
    <thead><tr><th scope="col">male</th><th scope="col"><span class="visually-hidden">age</span></th>
    <th scope="col">female</th></tr></thead><tbody>${rows.join('')}</tbody>`;
  const unknown = sum(cells[UNKNOWN]);
  note.textContent = all === null ? 'No data.'
    : `Share of ${count(all)} watchers; the gender of ${count(unknown ?? 0)} is not known.`;
}

function half(gender, watchers, most, all) {
  if (watchers === null) return '<div class="half">no data</div>';
  const width = Math.round((watchers / most) * 64);
  const share = all ? Math.round((watchers / all) * 100) : 0;
  return `<div class="half"><i class="${gender}" data-width="${width}"></i>
    <span title="${count(watchers)} watchers">${share} %</span></div>`;
}

/** Widths are set from here: the page's policy forbids styles in markup. */
export function setWidths(table) {
  table.querySelectorAll('[data-width]').forEach((bar) => {
    bar.style.width = `${bar.dataset.width}%`;
  });
}
