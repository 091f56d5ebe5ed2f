// How numbers and times are written. What is missing has words of its own and is never a zero.

const whole = new Intl.NumberFormat('en');
const tenth = new Intl.NumberFormat('en', {minimumFractionDigits: 1, maximumFractionDigits: 1});

export const count = (value) => (value === null ? null : whole.format(value));
export const percent = (value) => (value === null ? null : `${tenth.format(value * 100)} %`);
export const seconds = (value) => (value === null ? null : `${tenth.format(value)} s`);

/** 615 is 10:15. */
export const clock = (minute) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** How long something takes or is ago, in its largest unit or two. */
export function duration(minutes) {
  if (minutes < 1) return `${Math.max(0, Math.round(minutes * 60))} s`;
  if (minutes < 60) return `${Math.round(minutes)} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${Math.round(minutes % 60)} min`;
  return `${Math.round(minutes / 1440)} days`;
}

/** Local times without a zone, compared as if they were UTC. */
export const instant = (local) => Date.parse(`${local}Z`);
export const dateOf = (local) => local.slice(0, 10);
export const shiftDay = (day, days) =>
  new Date(instant(`${day}T00:00`) + days * 86400000).toISOString().slice(0, 10);

/** Writes a value, or what is said where there is none; a changed one lights up. */
export function write(element, value, missing = 'no data') {
  const text = value ?? missing;
  if (element.textContent === text) return;
  const first = element.textContent === '–' || element.textContent === '';
  element.textContent = text;
  element.classList.toggle('missing', value === null);
  element.classList.remove('changed');
  if (!first) {
    void element.offsetWidth; // restarts the animation
    element.classList.add('changed');
  }
}
