/** Refusals in Alpaca's codes and statuses (contract README, section 3.2). */
import type { Answer } from '../answer';

export type Extra = Readonly<Record<string, string>>;

/** An error body: every one has an integer `code` and a `message`, or SDKs fail while they report it. */
export function refusal(status: number, code: number, message: string, extra: Extra = {}): Answer {
  return { status, body: { code, message, ...extra } };
}

/** 422 with the code that Alpaca uses for what is wrong with the request itself. */
export const invalid = (message: string, extra?: Extra): Answer => refusal(422, 40010001, message, extra);
/** 422 with the code for what the market's rules do not allow. */
export const notAllowed = (message: string, extra?: Extra): Answer => refusal(422, 42210000, message, extra);
export const forbidden = (message: string, extra?: Extra): Answer => refusal(403, 40310000, message, extra);
export const notFound = (message: string): Answer => refusal(404, 40410000, message);
