/** What an endpoint answers: a status and what becomes the JSON body. */

export interface Answer {
  readonly status: number;
  /** Undefined: no body at all. */
  readonly body: unknown;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
/** One entry a thing, each with its own status. */
export const multiStatus = (entries: readonly unknown[]): Answer => ({ status: 207, body: entries });
export const noContent: Answer = { status: 204, body: undefined };
