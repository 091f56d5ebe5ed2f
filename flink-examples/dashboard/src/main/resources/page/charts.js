// The two charts over the day. Missing values are gaps in a line, never zeros.

import uPlot from './uplot/uPlot.esm.js';
import {clock, count, percent} from './format.js';

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const cursors = uPlot.sync('day');

/** The colour of the nth location, everywhere on the page. */
export const colour = (index) => `--line-${(index % 8) + 1}`;

/** A chart in an element; drawn anew when its lines, the width or the colour scheme change. */
export class DayChart {
  #element;
  #write;
  #chart = null;
  #lines = [];
  #data = [];
  #now = null;

  /** @param write how a value on the axis is written */
  constructor(element, write) {
    this.#element = element;
    this.#write = write;
    new ResizeObserver(() => this.#resize()).observe(element);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  /**
   * @param minutes of the day, where the values lie
   * @param now minute of the day, or beyond either end of it
   * @param lines {label, colour, width, fill, dots, values}; with dots it is points alone
   */
  show(minutes, now, lines) {
    this.#now = now;
    const sameLines = this.#chart !== null
      && JSON.stringify(lines.map(look)) === JSON.stringify(this.#lines.map(look));
    this.#lines = lines;
    this.#data = [minutes, ...lines.map((line) => line.values)];
    if (sameLines) {
      this.#chart.setData(this.#data);
    } else {
      this.#draw();
    }
  }

  #draw() {
    this.#chart?.destroy();
    this.#chart = new uPlot(this.#options(), this.#data, this.#element);
  }

  #resize() {
    this.#chart?.setSize(this.#size());
  }

  #size() {
    return {width: this.#element.clientWidth, height: this.#element.clientHeight};
  }

  #options() {
    const axis = {
      stroke: css('--soft'),
      grid: {stroke: css('--line'), width: 1},
      ticks: {show: false},
      font: '12px Inter, system-ui, sans-serif',
    };
    return {
      ...this.#size(),
      padding: [10, 20, 0, 0],
      legend: {show: false},
      cursor: {sync: {key: cursors.key}, y: false, points: {size: 7}},
      plugins: [tooltip(this.#write), nowLine(() => this.#now)],
      scales: {x: {time: false, range: [0, 1440]}, y: {range: (_, low, high) => [0, (high || 1) * 1.08]}},
      axes: [
        {...axis, size: 26, splits: (chart) => hours(chart.width), values: (_, at) => at.map(clock)},
        {...axis, size: 52, values: (_, at) => at.map(this.#write)},
      ],
      series: [{label: 'window'}, ...this.#lines.map(series)],
    };
  }
}

const look = ({label, colour: name, width, fill, dots}) => [label, name, width, fill, dots];

function hours(width) {
  const step = width < 480 ? 360 : 180;
  return Array.from({length: 1440 / step + 1}, (_, index) => index * step);
}

function series(line) {
  const stroke = css(line.colour);
  const base = {label: line.label, stroke, spanGaps: false};
  if (line.dots) {
    return {...base, width: 0, paths: () => null, points: {show: true, size: 9, fill: stroke, stroke: css('--card'), width: 2}};
  }
  return {
    ...base,
    width: line.width,
    fill: line.fill ? css(line.fill) : undefined,
    // A window between two gaps has no line, so it gets a point.
    points: {show: true, size: 4, filter: lonely},
  };
}

function lonely(chart, index, show) {
  if (!show) return null;
  const values = chart.data[index];
  return values.flatMap((value, at) =>
    value !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null ? [at] : []);
}

/** Where the day is: what is right of it has not begun. */
function nowLine(now) {
  return {
    hooks: {
      drawClear: (chart) => {
        if (now() < 0 || now() > 1440) return;
        const {ctx, bbox} = chart;
        const x = Math.round(chart.valToPos(now(), 'x', true));
        ctx.save();
        ctx.strokeStyle = css('--soft');
        ctx.lineWidth = devicePixelRatio;
        ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
        ctx.restore();
      },
    },
  };
}

/** Values under the cursor. */
function tooltip(write) {
  const box = document.createElement('div');
  box.className = 'tooltip';
  box.hidden = true;
  return {
    hooks: {
      init: (chart) => chart.over.append(box),
      setCursor: (chart) => {
        const at = chart.cursor.idx;
        box.hidden = at === null || at === undefined || chart.cursor.left < 0;
        if (box.hidden) return;
        box.replaceChildren(line(clock(chart.data[0][at])), ...chart.series.slice(1).flatMap((one, index) => {
          const value = chart.data[index + 1][at];
          if (one.width === 0) return value === null ? [] : [line('corrected by a late upload')];
          return [line(`${one.label}: ${write(value) ?? 'no data'}`)];
        }));
        const right = chart.cursor.left < chart.over.clientWidth / 2;
        box.style.left = right ? `${chart.cursor.left + 12}px` : 'auto';
        box.style.right = right ? 'auto' : `${chart.over.clientWidth - chart.cursor.left + 12}px`;
      },
    },
  };
}

function line(text) {
  const element = document.createElement('div');
  element.textContent = text;
  return element;
}

export const writeCount = (value) => count(value ?? null);
export const writePercent = (value) => percent(value ?? null);
