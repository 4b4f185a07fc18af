/** A symbol in a table, marked when its bars are invented. */
import { SyntheticMark } from './chip';

interface Props {
  readonly symbol: string;
  readonly synthetic: ReadonlySet<string>;
}

export function SymbolCell({ symbol, synthetic }: Props) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span className="font-semibold">{symbol}</span>
      {synthetic.has(symbol) ? <SyntheticMark /> : null}
    </span>
  );
}
