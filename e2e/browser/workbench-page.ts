/** The workbench as a test sees it: what a person would look at and press, and the same session over HTTP. */
import { expect, type Locator, type Page } from '@playwright/test';

export class WorkbenchPage {
  readonly chart: Locator;
  readonly clock: Locator;
  readonly quantity: Locator;
  readonly submit: Locator;

  constructor(readonly page: Page) {
    this.chart = page.getByTestId('chart');
    this.clock = page.getByTestId('clock');
    this.quantity = page.getByLabel('Quantity');
    this.submit = page.locator('form[aria-label="Order ticket"] button[type="submit"]');
  }

  async open(path = '/'): Promise<void> {
    await this.page.goto(path);
    await expect(this.chart).toHaveAttribute('data-bars', /^[1-9]\d*$/);
  }

  get sessionId(): string {
    return new URL(this.page.url()).pathname.split('/')[2] ?? '';
  }

  /** Simulated now, as the clock on the page says it. */
  async now(): Promise<number> {
    return Date.parse((await this.clock.getAttribute('datetime')) ?? '');
  }

  async lastBar(): Promise<number> {
    return Number(await this.chart.getAttribute('data-last-bar'));
  }

  async figure(name: string): Promise<number> {
    const text = await this.page.locator(`[data-figure="${name}"]`).innerText();
    return Number(text.replaceAll(',', '').replace('−', '-'));
  }

  /** Shares held of the symbol that the chart shows; 0 without a position. Opens the positions. */
  async held(): Promise<number> {
    await this.tab('Positions');
    await expect(this.page.getByRole('tabpanel', { name: /^Positions/ })).not.toContainText('Reading');
    const symbol = await this.page.getByRole('heading', { level: 2 }).first().innerText();
    const row = this.rows(/^Positions/).filter({ hasText: symbol });
    return (await row.count()) === 0 ? 0 : Number(await row.locator('td').nth(1).innerText());
  }

  async tab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  }

  rows(caption: RegExp): Locator {
    return this.page.getByRole('table', { name: caption }).locator('tbody tr');
  }

  async buyAtMarket(quantity: string): Promise<void> {
    await this.quantity.fill(quantity);
    await this.submit.click();
  }

  /** Moves the clock as another client of the server would, past this page. */
  async advanceElsewhere(origin: string, bars: number): Promise<number> {
    const answer = await fetch(`${origin}/api/trpc/clock.advance`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ sessionId: this.sessionId, target: { to: 'bars', bars } }),
    });
    expect(answer.status).toBe(200);
    const body: unknown = await answer.json();
    return nowOf(body);
  }
}

function nowOf(body: unknown): number {
  const data = field(field(body, 'result'), 'data');
  const now = field(data, 'now');
  if (typeof now !== 'number') throw new Error(`expected a clock, found ${JSON.stringify(body)}`);
  return now;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
