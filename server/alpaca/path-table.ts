/** Finds the endpoint of a path: literal segments first, then one parameter, then a parameter that takes the rest. */
import type { Endpoint } from './endpoint';

interface Branch {
  readonly literals: Map<string, Branch>;
  parameter: { readonly name: string; readonly branch: Branch } | null;
  rest: { readonly name: string; readonly branch: Branch } | null;
  readonly endpoints: Map<string, Endpoint>;
}

export interface Match {
  /** By method. Never empty. */
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  readonly params: Readonly<Record<string, string>>;
}

const emptyBranch = (): Branch => ({
  literals: new Map(),
  parameter: null,
  rest: null,
  endpoints: new Map(),
});

const PARAMETER = /^\{([a-z_]+)(\*?)\}$/;

export class PathTable {
  private readonly root = emptyBranch();

  constructor(endpoints: readonly Endpoint[]) {
    for (const endpoint of endpoints) this.add(endpoint);
  }

  /** Null when no endpoint has that path. Segments are decoded already. */
  find(segments: readonly string[]): Match | null {
    const found: [string, string][] = [];
    const endpoints = walk(this.root, segments, 0, found);
    return endpoints === null ? null : { endpoints, params: Object.fromEntries(found) };
  }

  private add(endpoint: Endpoint): void {
    let branch = this.root;
    for (const segment of endpoint.path.split('/').slice(1)) branch = descend(branch, segment, endpoint.path);
    if (branch.endpoints.has(endpoint.method)) {
      throw new Error(`expected one endpoint for ${endpoint.method} ${endpoint.path}, found two`);
    }
    branch.endpoints.set(endpoint.method, endpoint);
  }
}

function descend(branch: Branch, segment: string, path: string): Branch {
  const match = PARAMETER.exec(segment);
  if (match === null) {
    const known = branch.literals.get(segment);
    if (known !== undefined) return known;
    const next = emptyBranch();
    branch.literals.set(segment, next);
    return next;
  }
  const [, name = '', star] = match;
  const kind = star === '*' ? 'rest' : 'parameter';
  branch[kind] ??= { name, branch: emptyBranch() };
  if (branch[kind].name !== name)
    throw new Error(`expected {${branch[kind].name}} in ${path}, found {${name}}`);
  return branch[kind].branch;
}

/** Goes back and tries the next kind of branch where a more literal one leads nowhere. */
function walk(
  branch: Branch,
  segments: readonly string[],
  at: number,
  found: [string, string][],
): ReadonlyMap<string, Endpoint> | null {
  const segment = segments[at];
  if (segment === undefined) return branch.endpoints.size === 0 ? null : branch.endpoints;
  const literal = branch.literals.get(segment);
  const byLiteral = literal === undefined ? null : walk(literal, segments, at + 1, found);
  if (byLiteral !== null) return byLiteral;
  if (branch.parameter !== null) {
    found.push([branch.parameter.name, segment]);
    const byParameter = walk(branch.parameter.branch, segments, at + 1, found);
    if (byParameter !== null) return byParameter;
    found.pop();
  }
  if (branch.rest === null) return null;
  found.push([branch.rest.name, segments.slice(at).join('/')]);
  return branch.rest.branch.endpoints;
}
