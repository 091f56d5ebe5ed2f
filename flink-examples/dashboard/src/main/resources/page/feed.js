// The server's events: the shown day when the database changes, the status every second.

/** Listens to a day (null: today); the browser reconnects by itself, and then gets all anew. */
export class Feed {
  #source = null;
  #handlers;

  /** @param handlers day, status: what to do with an event; state: 'live' or 'waiting' */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  listen(day) {
    this.#source?.close();
    const source = new EventSource(day === null ? 'events' : `events?day=${day}`);
    for (const event of ['day', 'status']) {
      source.addEventListener(event, (message) => this.#handlers[event](JSON.parse(message.data)));
    }
    source.onopen = () => this.#handlers.state('live');
    source.onerror = () => this.#handlers.state('waiting');
    this.#source = source;
  }
}
