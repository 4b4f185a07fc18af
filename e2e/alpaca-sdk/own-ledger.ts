/** The bot's own bookkeeping, from fills alone: exact, in billionths, and knowing nothing of Paddock's. */
import type { BotFill } from './broker';

const SCALE = 1_000_000_000n;

export function billionths(text: string): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole) * SCALE + BigInt(fraction.padEnd(9, '0').slice(0, 9));
  return text.startsWith('-') ? -size : size;
}

/** Whole cents, half a cent up. */
export function cents(value: bigint): bigint {
  const cent = SCALE / 100n;
  return (value + cent / 2n) / cent;
}

export class OwnLedger {
  quantity = 0n;
  fills = 0;

  constructor(public cash: bigint) {}

  add({ side, price, qty }: BotFill): void {
    const quantity = billionths(qty);
    const amount = (billionths(price) * quantity) / SCALE;
    this.quantity += side === 'buy' ? quantity : -quantity;
    this.cash += side === 'buy' ? -amount : amount;
    this.fills++;
  }

  get isFlat(): boolean {
    return this.quantity === 0n;
  }

  /** What is held, for an order. Always whole shares here. */
  get shares(): string {
    return String(this.quantity / SCALE);
  }
}
