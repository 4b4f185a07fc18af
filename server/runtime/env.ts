/** The environment, parsed once: every setting with its default, every error with the variable's name. */
import * as z from 'zod';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

const text = z
  .string()
  .trim()
  .optional()
  .transform((value) => (value === undefined || value === '' ? undefined : value));

/** An empty variable counts as one that is not set. */
const setting = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

const environment = z.object({
  PORT: setting(z.coerce.number('expected a port').int('expected a port').min(0).max(65_535).default(3000)),
  HOST: setting(z.string().trim().default('127.0.0.1')),
  PADDOCK_DATA_DIR: setting(z.string().trim().default('.paddock')),
  PADDOCK_API_KEY_ID: text,
  PADDOCK_API_SECRET_KEY: text,
  PADDOCK_OWNER_SECRET: text,
  PADDOCK_FSYNC: setting(
    z.enum(['always', 'interval', 'never'], 'expected always, interval or never').default('interval'),
  ),
  DATABASE_URL: text,
});

export type Env = Readonly<z.output<typeof environment>>;

/** Told apart by `code`: what to say without a stack. */
class EnvError extends Error {
  override readonly name = 'EnvError';
  readonly code = 'environment_invalid';
}

export function parseEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new EnvError(faults.join('\n'));
  }
  const env = parsed.data;
  if ((env.PADDOCK_API_KEY_ID === undefined) !== (env.PADDOCK_API_SECRET_KEY === undefined)) {
    throw new EnvError('PADDOCK_API_KEY_ID and PADDOCK_API_SECRET_KEY: expected both or neither');
  }
  if (!isLoopback(env.HOST) && env.PADDOCK_OWNER_SECRET === undefined) {
    throw new EnvError(
      `PADDOCK_OWNER_SECRET: expected a secret, because HOST is ${env.HOST}, which others can reach`,
    );
  }
  return env;
}

export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host.toLowerCase());
}

/** Where a client on this machine reaches the server. */
export function originOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
