'use client';
/** Money of the account, one line a figure. */
import type { ReactNode } from 'react';
import type { Account } from '../client/trpc';
import { formatMoney, formatPercent } from '../ui/decimal';
import { Signed } from '../ui/signed';

function Figure({
  name,
  title,
  children,
}: {
  readonly name: string;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex items-baseline justify-between gap-3">
      <dt className="text-12 text-muted" title={title}>
        {name}
      </dt>
      <dd className="text-13 font-medium tabular-nums" data-figure={name}>
        {children}
      </dd>
    </div>
  );
}

export function AccountSummary({ account }: { readonly account: Account }) {
  return (
    <section aria-label="Account" className="border-t border-line p-3">
      <h2 className="mb-2 text-13 font-semibold">Account</h2>
      <dl className="space-y-1.5">
        <Figure name="Equity" title="Cash and what the positions are worth">
          {formatMoney(account.equity)}
        </Figure>
        <Figure name="Cash">{formatMoney(account.cash)}</Figure>
        <Figure name="Buying power" title="Cash without what open orders hold">
          {formatMoney(account.buyingPower)}
        </Figure>
        <Figure name="Held by orders">{formatMoney(account.reserved)}</Figure>
        <Figure name="Market value">{formatMoney(account.longMarketValue)}</Figure>
        <Figure name="Day P&L" title="Equity against the close of the trading day before">
          <DayProfit account={account} />
        </Figure>
        <Figure name="Unrealized P&L">
          <Signed value={account.unrealizedProfit} written={formatMoney(account.unrealizedProfit)} />
        </Figure>
        <Figure name="Realized P&L">
          <Signed value={account.realizedProfit} written={formatMoney(account.realizedProfit)} />
        </Figure>
      </dl>
    </section>
  );
}

export function DayProfit({ account }: { readonly account: Account }) {
  const { dayProfit, dayProfitPercent } = account;
  return (
    <>
      <Signed value={dayProfit} written={formatMoney(dayProfit)} />
      {dayProfitPercent === null ? null : (
        <span className="text-12 font-normal text-muted">
          {' ('}
          <Signed value={dayProfitPercent} written={`${formatPercent(dayProfitPercent)} %`} />)
        </span>
      )}
    </>
  );
}
