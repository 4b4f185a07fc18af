/** All sessions of this server: makes them, opens them when somebody asks, puts idle ones away, deletes them. */
import { Simulation } from '../engine/simulation/simulation';
import type { KeyStore, NewApiKey } from './key-store';
import { SessionError } from './session-error';
import type { SessionEngine } from './session-engine';
import { HOST_SETTINGS, SessionHost, type HostSettings } from './session-host';
import type { MarketLibraries } from './session-market';
import { planSession, type CreateRefusal, type NewSession } from './session-plan';
import type { SessionPage, SessionRecord, SessionStore } from './session-store';
import { loadTape } from './session-tape';

export type { CreateRefusal, NewSession } from './session-plan';

export interface SessionRegistryParts extends MarketLibraries {
  readonly store: SessionStore;
  readonly keys: KeyStore;
  /** Tests may bring an engine that breaks. */
  readonly engine?: SessionEngine;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Sessions held in memory at the same time; the one unused for longest makes room. */
  readonly hostsMax: number;
  /** A session that nobody uses or follows for so long is put away. */
  readonly idleMs: number;
  readonly settings?: Partial<HostSettings>;
}

export type CreateResult =
  | { readonly ok: true; readonly host: SessionHost; readonly key: NewApiKey }
  | { readonly ok: false; readonly refusal: CreateRefusal };

const PADDOCK = { actor: 'paddock' };
const SWEEPS_PER_IDLE = 4;
const SWEEP_MIN_MS = 50;

interface Held {
  readonly host: SessionHost;
  usedAt: number;
}

export class SessionRegistry {
  /** Least recently used first. */
  private readonly held = new Map<string, Held>();
  /** Sessions on their way in or out: whoever asks for one waits for that to end. */
  private readonly moving = new Map<string, Promise<unknown>>();
  private readonly sweeping: NodeJS.Timeout;
  private isClosed = false;

  constructor(private readonly parts: SessionRegistryParts) {
    const every = Math.max(SWEEP_MIN_MS, parts.idleMs / SWEEPS_PER_IDLE);
    this.sweeping = setInterval(() => void this.putIdleAway(), every);
    this.sweeping.unref();
  }

  async create(request: NewSession): Promise<CreateResult> {
    const planned = await planSession(request, this.parts);
    if (!planned.ok) return planned;
    const id = this.parts.newId();
    await this.parts.store.create({ id, createdAt: this.parts.now().toISOString(), ...planned.plan });
    try {
      const host = await this.open(id);
      if (host === null)
        throw new SessionError('session_deleted', `session ${id} was deleted while it was made`);
      return { ok: true, host, key: await this.parts.keys.create(id) };
    } catch (error) {
      await this.delete(id);
      throw error;
    }
  }

  /** The session's host, loaded when it is not in memory; null when there is no such session. */
  async open(id: string): Promise<SessionHost | null> {
    for (;;) {
      const held = this.held.get(id);
      if (held !== undefined) return this.use(id, held);
      const moving = this.moving.get(id);
      if (moving === undefined) break;
      await moving.catch(() => undefined);
    }
    if (this.isClosed) throw new SessionError('session_unavailable', 'the server is closing');
    return this.move(id, () => this.load(id));
  }

  /** Newest first. */
  list(page: { readonly limit: number; readonly pageToken: string | null }): Promise<SessionPage> {
    return this.parts.store.list(page);
  }

  /** Null when there is no such session. */
  async rename(id: string, name: string): Promise<SessionRecord | null> {
    if ((await this.parts.store.read(id)) === null) return null;
    const record = await this.parts.store.update(id, { name });
    this.held.get(id)?.host.renamed(record);
    return record;
  }

  /** Removes the session, its log and its keys; false when there is none. */
  async delete(id: string): Promise<boolean> {
    while (this.moving.has(id)) await this.moving.get(id)?.catch(() => undefined);
    return this.move(id, async () => {
      if ((await this.parts.store.read(id)) === null) return false;
      await this.held.get(id)?.host.abandon();
      await this.parts.store.delete(id);
      await this.parts.keys.deleteOfSession(id);
      return true;
    });
  }

  /** Puts every session away, with a snapshot. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.sweeping);
    await Promise.allSettled(this.moving.values());
    for (const [id, { host }] of [...this.held]) await this.putAway(id, host);
  }

  private use(id: string, held: Held): SessionHost {
    held.usedAt = this.parts.now().getTime();
    this.held.delete(id);
    this.held.set(id, held);
    return held.host;
  }

  private async move<T>(id: string, work: () => Promise<T>): Promise<T> {
    const moving = work();
    this.moving.set(id, moving);
    try {
      return await moving;
    } finally {
      this.moving.delete(id);
    }
  }

  private async load(id: string): Promise<SessionHost | null> {
    const record = await this.parts.store.read(id);
    if (record === null) return null;
    await this.makeRoom();
    const { store, engine = Simulation, now, newId } = this.parts;
    const settings = { ...HOST_SETTINGS, ...this.parts.settings };
    const tape = await loadTape(record, this.parts);
    const host = await SessionHost.load({ store, engine, now, newId, settings }, record, tape, () =>
      this.drop(id),
    );
    this.use(id, { host, usedAt: 0 });
    // Also for a session whose making was cut short between its record and its first commit.
    if (host.sequence === 0)
      await host.execute({ type: 'OpenAccount', cash: record.configuration.initialCash }, PADDOCK);
    return host;
  }

  private drop(id: string): void {
    this.held.delete(id);
    const release = (): Promise<void> => this.parts.store.release(id).catch(() => undefined);
    void (this.moving.has(id) ? release() : this.move(id, release));
  }

  private async makeRoom(): Promise<void> {
    while (this.held.size >= this.parts.hostsMax) {
      const idle = [...this.held].find(([, { host }]) => host.isIdle);
      if (idle === undefined) {
        throw new SessionError(
          'session_busy',
          `${this.parts.hostsMax} sessions are in use: close or delete one`,
        );
      }
      await this.putAway(idle[0], idle[1].host);
    }
  }

  private async putIdleAway(): Promise<void> {
    const before = this.parts.now().getTime() - this.parts.idleMs;
    for (const [id, { host, usedAt }] of [...this.held]) {
      if (usedAt <= before && host.isIdle) await this.putAway(id, host);
    }
  }

  private putAway(id: string, host: SessionHost): Promise<void> {
    if (this.moving.has(id) || !host.isLive) return Promise.resolve();
    this.held.delete(id);
    return this.move(id, async () => {
      await host.close();
      await this.parts.store.release(id);
    });
  }
}
