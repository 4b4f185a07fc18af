/** Reads a source file for the house rules: its imports and the words that are code, without comments and strings. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SKIPPED = new Set(['node_modules', 'generated', '.next', '.git', '.paddock']);
const TEST = /\.(test|contract)\.tsx?$/;

export interface Import {
  /** Path from the project's root for our own files, else the package name as written. */
  readonly target: string;
  readonly own: boolean;
  readonly typeOnly: boolean;
}

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly isTest: boolean;
  readonly imports: readonly Import[];
  /** Each piece of code that a rule may ban, with its line: `Date`, `Math.random`, `async`, `any`, `!`, ... */
  readonly words: readonly { readonly word: string; readonly line: number }[];
  /** True when it does nothing but pass on what others export. */
  readonly isBarrel: boolean;
}

/** All TypeScript sources under the given folders of the project, in order of path. */
export function readSources(folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) => pathsUnder(folder)).map((path) => readSource(path));
}

function pathsUnder(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  return entries
    .filter((entry) => !SKIPPED.has(entry.name))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return pathsUnder(path);
      return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
    })
    .sort();
}

function readSource(path: string): SourceFile {
  return parseSource(path, readFileSync(join(ROOT, path), 'utf8'));
}

/** Parses `text` as if it stood at `path`. */
export function parseSource(path: string, text: string): SourceFile {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  const imports: Import[] = [];
  const words: { word: string; line: number }[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== null) imports.push(importOf(path, specifier.text, specifier.typeOnly));
    const word = wordOf(node);
    if (word !== null)
      words.push({ word, line: tree.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
    ts.forEachChild(node, visit);
  };
  visit(tree);
  const isBarrel =
    tree.statements.length > 0 &&
    tree.statements.every((statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier);
  return { path, text, isTest: TEST.test(path), imports, words, isBarrel };
}

function specifierOf(node: ts.Node): { text: string; typeOnly: boolean } | null {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return { text: node.moduleSpecifier.text, typeOnly: isTypeImport(node.importClause) };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    return { text: node.moduleSpecifier.text, typeOnly: node.isTypeOnly };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return { text: node.argument.literal.getText().slice(1, -1), typeOnly: true };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [target] = node.arguments;
    return target && ts.isStringLiteral(target) ? { text: target.text, typeOnly: false } : null;
  }
  return null;
}

function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const bindings = clause.namedBindings;
  return (
    clause.name === undefined &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.length > 0 &&
    bindings.elements.every((element) => element.isTypeOnly)
  );
}

function importOf(from: string, specifier: string, typeOnly: boolean): Import {
  if (specifier.startsWith('@/')) return { target: specifier.slice(2), own: true, typeOnly };
  if (!specifier.startsWith('.')) return { target: specifier, own: false, typeOnly };
  return { target: posix.join(posix.dirname(from), specifier), own: true, typeOnly };
}

/** The banned-word candidate that a node is, if any. Property names and keys are words of their own, not globals. */
function wordOf(node: ts.Node): string | null {
  if (ts.isPropertyAccessExpression(node) && /^Math\.random$/.test(node.getText())) return 'Math.random';
  if (ts.isIdentifier(node) && !isName(node)) return node.text;
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return 'async';
  if (ts.isAwaitExpression(node)) return 'await';
  if (node.kind === ts.SyntaxKind.AnyKeyword) return 'any';
  if (ts.isNonNullExpression(node)) return '!';
  return null;
}

/** True for the `b` of `a.b` and `{ b: 1 }`: names that nobody can confuse with a global. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return (
    (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent)) &&
    parent.name === node
  );
}
