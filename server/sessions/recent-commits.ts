/** The newest commits by their command id, so that a command sent twice is applied once. Bounded. */
import { canonicalText, toJson } from '../engine/simulation/codec';
import type { Command } from '../engine/simulation/command';
import { SessionError } from './session-error';
import type { Commit } from './session-store';

/** How far back a retry is recognised. Retries come within seconds; this is hours of a busy bot's orders. */
export const RECENT_COMMITS_MAX = 1_000;

export class RecentCommits {
  /** Oldest first. */
  private readonly commits = new Map<string, Commit>();

  add(commit: Commit): void {
    this.commits.set(commit.commandId, commit);
    if (this.commits.size <= RECENT_COMMITS_MAX) return;
    const [oldest] = this.commits.keys();
    if (oldest !== undefined) this.commits.delete(oldest);
  }

  /** The commit that this command already has; null when it is new. Refuses an id that stands for another command. */
  find(commandId: string, command: Command): Commit | null {
    const commit = this.commits.get(commandId);
    if (commit === undefined) return null;
    if (canonicalText(toJson(commit.command)) === canonicalText(toJson(command))) return commit;
    const taken = `command id "${commandId}" belongs to commit ${commit.sequence}, a ${commit.command.type}`;
    throw new SessionError('command_id_taken', taken);
  }
}
