// What the job says of its exports: call budget, export slots, backlog.

import {count, duration, write} from './format.js';

const element = (id) => document.getElementById(id);

export function showAccount(status) {
  calls(status.callsInMinute, status.callsPerMinute);
  slots(status.exportsBuilding, status.exportSlots);
  backlog(status);
}

function calls(used, allowed) {
  const known = used !== null && allowed !== null;
  write(element('calls'), known ? `${count(used)} of ${count(allowed)}` : null, 'not known');
  const bar = element('calls-bar');
  bar.classList.toggle('full', known && used >= allowed);
  bar.setAttribute('aria-valuemax', allowed ?? 0);
  bar.setAttribute('aria-valuenow', used ?? 0);
  bar.firstElementChild.style.width = known ? `${Math.min(100, (used / allowed) * 100)}%` : '0';
}

function slots(building, all) {
  const known = building !== null && all !== null;
  write(element('slots'), known ? `${building} of ${all} building` : null, 'not known');
  const boxes = element('slot-boxes');
  if (boxes.children.length !== (all ?? 0)) {
    boxes.replaceChildren(...Array.from({length: all ?? 0}, () => document.createElement('i')));
  }
  [...boxes.children].forEach((box, index) => box.classList.toggle('busy', index < building));
}

function backlog({windowsWaiting: waiting, windowsDue: due, secondsLeft}) {
  const known = waiting !== null && due !== null;
  const done = known && due > 0 ? Math.min(100, ((due - waiting) / due) * 100) : 100;
  const left = secondsLeft ? `, about ${duration(secondsLeft / 60)} left` : '';
  write(
    element('backlog'),
    !known ? null : waiting === 0 ? 'up to date' : `${count(waiting)} window${waiting === 1 ? '' : 's'} to read${left}`,
    'not known',
  );
  const bar = element('backlog-bar');
  bar.classList.toggle('done', known && waiting === 0);
  bar.setAttribute('aria-valuenow', Math.round(done));
  bar.firstElementChild.style.width = known ? `${done}%` : '0';
}
