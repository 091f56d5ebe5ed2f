// The list of locations: sums, freshness, and a ribbon of the day's windows.

import {clock, count, duration, percent, seconds, write} from './format.js';
import {colour} from './charts.js';
import {age, countState, figures, freshness} from './model.js';

const SVG = 'http://www.w3.org/2000/svg';
const WORDS = {data: 'data', corrected: 'corrected', none: 'no data', open: 'open'};

/** A location's entry; made once, then kept up to date. */
class Entry {
  constructor(index) {
    this.root = document.createElement('li');
    this.root.innerHTML = `
      <div class="row">
        <div class="name"><i class="swatch" aria-hidden="true"></i><span></span><small></small></div>
        <dl><dt>Watchers</dt><dd data-field="watchers"></dd></dl>
        <dl><dt>OTS</dt><dd data-field="ots"></dd></dl>
        <dl><dt>Conversion</dt><dd data-field="conversion"></dd></dl>
        <dl><dt>Avg. stay</dt><dd data-field="dwell"></dd></dl>
        <dl class="freshness"><dt>Latest data</dt><dd data-field="fresh"></dd></dl>
      </div>
      <svg class="ribbon" role="img" preserveAspectRatio="none"></svg>
      <div class="hours-scale" aria-hidden="true"><span>0:00</span><span>6:00</span><span>12:00</span><span>18:00</span><span>24:00</span></div>
      <p class="windows"></p>`;
    this.root.querySelector('.swatch').style.color = `var(${colour(index)})`;
  }

  show(location, windows, now) {
    const name = location.name ?? `Location ${location.id}`;
    this.root.dataset.location = location.id;
    this.root.querySelector('.name span').textContent = name;
    this.root.querySelector('.name small').textContent = location.site ?? `id ${location.id}`;
    const sums = figures([location], [windows]);
    this.#field('watchers', count(sums.watchers));
    this.#field('ots', count(sums.ots));
    this.#field('conversion', percent(sums.conversion));
    this.#field('dwell', seconds(sums.dwell));
    this.showAge(location, now);
    const text = ['data', 'corrected', 'none', 'open']
      .map((state) => [state, countState(windows, state)])
      .filter(([, number]) => number > 0)
      .map(([state, number]) => `${number} ${WORDS[state]}`)
      .join(' · ');
    this.root.querySelector('.windows').textContent = `Windows: ${text || 'none begun'}`;
    this.#ribbon(name, text, windows);
  }

  showAge(location, now) {
    const minutes = age(location, now);
    const field = this.root.querySelector('[data-field=fresh]');
    field.className = freshness(minutes);
    field.textContent = minutes === null ? 'no data yet'
      : minutes < 0 ? 'up to now'
      : `${duration(minutes)} ago${{fresh: '', late: ', late', stale: ', silent'}[freshness(minutes)]}`;
  }

  #field(name, value) {
    write(this.root.querySelector(`[data-field=${name}]`), value);
  }

  #ribbon(name, text, windows) {
    const ribbon = this.root.querySelector('svg');
    ribbon.setAttribute('viewBox', `0 0 ${windows.length} 10`);
    ribbon.setAttribute('aria-label', `Windows of ${name}: ${text || 'none begun'}`);
    const most = Math.max(1, ...windows.map((window) => window.watchers ?? 0));
    ribbon.replaceChildren(...windows.flatMap((window, index) => cells(window, index, most)));
  }
}

/** Data by height, the rest by its look, so that colour alone says nothing. */
function cells(window, index, most) {
  const title = `${clock(window.minute)}: ${
    window.watchers === null || window.ots === null ? '' : `${count(window.watchers)} watchers, `}${WORDS[window.state] ?? ''}`;
  switch (window.state) {
    case 'data':
    case 'corrected': {
      const height = 1 + 9 * Math.min(1, window.watchers / most);
      const corrected = window.state === 'corrected';
      return [rect(window.minute, index, 10 - height, height, corrected ? 'var(--corrected)' : 'var(--accent)', title, window.state)];
    }
    case 'none': return [rect(window.minute, index, 4, 2.5, 'var(--soft)', title, 'none', .45)];
    case 'open': return [rect(window.minute, index, 0, 10, 'var(--accent-soft)', title, 'open')];
    default: return [rect(window.minute, index, 9.5, .5, 'var(--line)', '', 'future')];
  }
}

function rect(minute, index, top, height, fill, title, state, opacity = 1) {
  const element = document.createElementNS(SVG, 'rect');
  for (const [name, value] of Object.entries({
    x: index + .08, y: top, width: .84, height, opacity, 'data-state': state, 'data-minute': minute,
  })) {
    element.setAttribute(name, value);
  }
  element.style.fill = fill;
  if (title) {
    const words = document.createElementNS(SVG, 'title');
    words.textContent = title;
    element.append(words);
  }
  return element;
}

export class LocationList {
  #list;
  #entries = new Map();

  constructor(list) {
    this.#list = list;
  }

  show(locations, perLocation, now) {
    locations.forEach((location, index) => {
      if (!this.#entries.has(location.id)) this.#entries.set(location.id, new Entry(index));
      this.#entries.get(location.id).show(location, perLocation[index], now);
    });
    const roots = locations.map((location) => this.#entries.get(location.id).root);
    if (roots.some((root, index) => this.#list.children[index] !== root)) {
      this.#list.replaceChildren(...roots);
    }
  }

  /** Freshness changes although nothing is read. */
  tick(locations, now) {
    locations.forEach((location) => this.#entries.get(location.id)?.showAge(location, now));
  }
}
