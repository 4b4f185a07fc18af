'use client';
/** The top line: which session, which symbol, and how the account stands. */
import type { Account, Session, SessionSymbol } from '../client/trpc';
import { DayProfit } from '../positions/account-summary';
import { SyntheticMark } from '../ui/chip';
import { formatMoney } from '../ui/decimal';
import { Tabs } from '../ui/tabs';
import type { Theme } from '../ui/theme';
import { ThemeToggle } from '../ui/theme-toggle';

interface Props {
  readonly session: Session;
  readonly account: Account;
  readonly symbol: SessionSymbol;
  readonly onSymbol: (symbol: string) => void;
  readonly theme: Theme;
}

export function Header({ session, account, symbol, onSymbol, theme }: Props) {
  return (
    <header className="flex min-h-12 shrink-0 items-stretch max-lg:flex-wrap gap-x-4 border-b border-line bg-surface-1 px-3">
      <div className="flex min-h-12 min-w-0 items-center gap-2 max-lg:flex-1">
        <span aria-hidden="true" className="text-14 font-bold tracking-tight max-sm:hidden">
          Paddock
        </span>
        <span aria-hidden="true" className="text-faint max-sm:hidden">
          /
        </span>
        <h1 className="truncate text-13 font-medium">{session.name}</h1>
      </div>
      <Tabs
        name="symbol"
        label="Symbol"
        chosen={symbol.symbol}
        onChoose={onSymbol}
        className="min-w-0 overflow-x-auto max-lg:order-last max-lg:-mx-3 max-lg:w-[calc(100%+24px)] max-lg:border-t max-lg:border-line"
        tabs={session.symbols.map((offered) => ({
          id: offered.symbol,
          label: (
            <>
              {offered.symbol}
              {offered.synthetic ? <SyntheticMark /> : null}
            </>
          ),
        }))}
      />
      <div className="ml-auto flex items-center gap-4">
        <dl className="flex items-center gap-4 max-sm:gap-2">
          <div className="text-right">
            <dt className="text-11 leading-tight text-faint">Equity</dt>
            <dd className="text-13 leading-tight font-semibold tabular-nums">
              {formatMoney(account.equity)}
            </dd>
          </div>
          <div className="text-right max-sm:hidden">
            <dt className="text-11 leading-tight text-faint">Day P&amp;L</dt>
            <dd className="text-13 leading-tight font-semibold">
              <DayProfit account={account} />
            </dd>
          </div>
        </dl>
        <ThemeToggle first={theme} />
      </div>
    </header>
  );
}
