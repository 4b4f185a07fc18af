'use client';
/**
 * The order ticket. It is locked from Submit until the server has answered, and its client order id changes
 * only then: sent again after a lost answer, the same order is placed once.
 */
import { useMutation } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { useFeed } from '../client/session-feed';
import { useTRPC, type OrderRow, type SessionSymbol } from '../client/trpc';
import { useKeys, useKeysSetting } from '../clock/use-keys';
import { Button } from '../ui/button';
import { SyntheticMark } from '../ui/chip';
import { formatQuantity, formatPrice } from '../ui/decimal';
import { Choice } from './choice';
import { DecimalField } from './field';
import {
  NEW_TICKET,
  needsLimit,
  needsStop,
  orderOf,
  sentence,
  TICKET_TIMES,
  TICKET_TYPES,
  ticketErrors,
  TYPE_WORDS,
  type Ticket,
  type TicketField,
} from './ticket-form';

const ALL_FIELDS: readonly TicketField[] = ['quantity', 'limitPrice', 'stopPrice', 'timeInForce'];

interface Props {
  readonly sessionId: string;
  readonly symbol: SessionSymbol;
  readonly isCompleted: boolean;
}

export function OrderTicket({ sessionId, symbol, isCompleted }: Props) {
  const trpc = useTRPC();
  const { connection } = useFeed();
  const [ticket, setTicket] = useState<Ticket>(NEW_TICKET);
  const [visited, setVisited] = useState<ReadonlySet<TicketField>>(new Set());
  const clientOrderId = useRef<string | null>(null);
  const quantity = useRef<HTMLInputElement>(null);
  const place = useMutation(trpc.orders.place.mutationOptions());

  const errors = ticketErrors(ticket);
  const shown = (field: TicketField): string | undefined => (visited.has(field) ? errors[field] : undefined);
  const isOff = isCompleted || connection.state === 'lost';

  /** Another order needs another id; the answer to the former one is then no longer of interest. */
  const change = useCallback(
    (next: Partial<Ticket>) => {
      clientOrderId.current = null;
      setTicket((ticket) => ({ ...ticket, ...next }));
      if (!place.isPending && !place.isIdle) place.reset();
    },
    [place],
  );
  const visit = (field: TicketField): void => setVisited((before) => new Set([...before, field]));

  const takeSide = (side: Ticket['side']): void => {
    change({ side });
    quantity.current?.focus();
    quantity.current?.select();
  };
  const [areKeysOn] = useKeysSetting();
  useKeys({ b: () => takeSide('buy'), s: () => takeSide('sell') }, areKeysOn);

  const answered = (): void => {
    clientOrderId.current = null;
    setVisited(new Set());
  };
  const submit = (): void => {
    setVisited(new Set(ALL_FIELDS));
    if (Object.keys(errors).length > 0 || place.isPending || isOff) return;
    clientOrderId.current ??= crypto.randomUUID();
    const order = orderOf(ticket, symbol.symbol, clientOrderId.current);
    place.mutate({ sessionId, order }, { onSuccess: answered });
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    submit();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // A single Enter in a field must not send an order; Ctrl or Cmd with it does.
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) submit();
  };
  const types = useMemo(() => TICKET_TYPES.map((id) => ({ id, label: TYPE_WORDS[id] })), []);

  return (
    <form
      aria-label="Order ticket"
      noValidate
      onSubmit={onSubmit}
      onKeyDown={onKeyDown}
      className="space-y-3 p-3"
    >
      <div className="flex items-center gap-2">
        <h2 className="text-13 font-semibold">Ticket</h2>
        <span className="text-13 text-muted">{symbol.symbol}</span>
        {symbol.synthetic ? <SyntheticMark /> : null}
      </div>
      <fieldset disabled={place.isPending} className="space-y-3">
        <legend className="sr-only">Order</legend>
        <SideSwitch side={ticket.side} onChange={(side) => change({ side })} />
        <Choice
          id="ticket-type"
          label="Type"
          value={ticket.type}
          options={types}
          onChange={(type) => change({ type })}
        />
        <div className="grid grid-cols-2 gap-3">
          <DecimalField
            ref={quantity}
            id="ticket-quantity"
            label="Quantity"
            value={ticket.quantity}
            error={shown('quantity')}
            onChange={(value) => change({ quantity: value })}
            onBlur={() => ticket.quantity !== '' && visit('quantity')}
          />
          <Choice
            id="ticket-time"
            label="Time in force"
            value={ticket.timeInForce}
            error={shown('timeInForce')}
            options={TICKET_TIMES.map((id) => ({ id, label: id.toUpperCase() }))}
            onChange={(timeInForce) => {
              change({ timeInForce });
              visit('timeInForce');
            }}
          />
          {needsStop(ticket.type) ? (
            <DecimalField
              id="ticket-stop"
              label="Stop price"
              value={ticket.stopPrice}
              error={shown('stopPrice')}
              onChange={(value) => change({ stopPrice: value })}
              onBlur={() => ticket.stopPrice !== '' && visit('stopPrice')}
            />
          ) : null}
          {needsLimit(ticket.type) ? (
            <DecimalField
              id="ticket-limit"
              label="Limit price"
              value={ticket.limitPrice}
              error={shown('limitPrice')}
              onChange={(value) => change({ limitPrice: value })}
              onBlur={() => ticket.limitPrice !== '' && visit('limitPrice')}
            />
          ) : null}
        </div>
      </fieldset>
      <Button
        type="submit"
        size="large"
        look={ticket.side}
        disabled={isOff || place.isPending}
        className="w-full"
        title="Ctrl or Cmd with Enter"
      >
        {place.isPending ? 'Sending…' : sentence(ticket, symbol.symbol)}
      </Button>
      <div aria-live="polite" className="min-h-9 text-12">
        {isCompleted ? (
          <p className="text-muted">The session has come to its end; orders are closed.</p>
        ) : null}
        {place.isError ? (
          <p className="text-error">
            <span aria-hidden="true">✕ </span>
            {place.error.message}
          </p>
        ) : null}
        {place.isSuccess ? <Answer order={place.data} /> : null}
      </div>
    </form>
  );
}

function Answer({ order }: { readonly order: OrderRow }) {
  const filled = order.averagePrice === null ? '' : ` at ${formatPrice(order.averagePrice)}`;
  return (
    <p className="text-ok">
      <span aria-hidden="true">✓ </span>
      {order.side === 'buy' ? 'Buy' : 'Sell'} {formatQuantity(order.quantity ?? order.filledQuantity)}{' '}
      {order.symbol}: {order.status.replaceAll('_', ' ')}
      {filled}
    </p>
  );
}

interface SideProps {
  readonly side: Ticket['side'];
  readonly onChange: (side: Ticket['side']) => void;
}

function SideSwitch({ side, onChange }: SideProps) {
  return (
    <div
      role="radiogroup"
      aria-label="Side"
      className="grid grid-cols-2 gap-1 rounded-[5px] bg-surface-2 p-0.5"
    >
      {(['buy', 'sell'] as const).map((offered) => {
        const chosen = offered === 'buy' ? 'bg-up text-on-direction' : 'bg-down text-on-direction';
        return (
          <label
            key={offered}
            className={`flex h-8 cursor-pointer items-center justify-center rounded-[4px] text-13 font-semibold max-lg:h-11 has-focus-visible:outline-2 has-focus-visible:outline-ink ${
              offered === side ? chosen : 'text-muted hover:text-ink'
            }`}
          >
            <input
              type="radio"
              name="ticket-side"
              className="sr-only"
              checked={offered === side}
              onChange={() => onChange(offered)}
            />
            {offered === 'buy' ? 'Buy' : 'Sell'}
          </label>
        );
      })}
    </div>
  );
}
