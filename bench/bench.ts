/** `npm run bench`: measures what design promises, each against a floor of the same run. `--json` for machines. */
import { engineRows } from './engine-rows';
import { httpRows } from './http-rows';
import { table, type Row } from './row';
import { storeRows } from './store-rows';

const SUBJECTS: readonly { readonly subject: string; readonly rows: () => Promise<Row[]> }[] = [
  { subject: 'engine', rows: engineRows },
  { subject: 'http', rows: httpRows },
  { subject: 'store', rows: storeRows },
];

const words = process.argv.slice(2);
const asJson = words.includes('--json');
const wanted = words.filter((word) => !word.startsWith('--'));
const rows: Row[] = [];
for (const { subject, rows: measure } of SUBJECTS) {
  if (wanted.length > 0 && !wanted.includes(subject)) continue;
  if (!asJson) console.log(`measuring: ${subject} ...`);
  rows.push(...(await measure()));
}
console.log(asJson ? JSON.stringify(rows, null, 2) : `\n${table(rows)}`);
