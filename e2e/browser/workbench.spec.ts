/** A person at the workbench: looks, steps, buys, reloads, loses the line and comes back. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { openLine } from './line';
import { WorkbenchPage } from './workbench-page';

const MINUTE_MS = 60_000;
const PICTURE = process.env['PADDOCK_PICTURE'];

test('the front door shows candles and a step that can be taken', async ({ page }) => {
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await expect(page).toHaveURL(/\/s\/[\w-]+$/);
  await expect(page.getByRole('button', { name: 'Step', exact: true })).toBeEnabled();
  await expect(workbench.clock).toHaveText(/^(Mon|Tue|Wed|Thu|Fri) \d{4}-\d\d-\d\d \d\d:\d\d:00 ET$/);
  expect(problems).toEqual([]);
});

test('a step moves one bar, and the newest candle ends at the clock', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const before = await workbench.now();
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(() => workbench.now()).toBe(before + MINUTE_MS);
  await page.keyboard.press('.');
  await expect.poll(() => workbench.now()).toBe(before + 2 * MINUTE_MS);
  await expect.poll(async () => (await workbench.lastBar()) + MINUTE_MS).toBe(before + 2 * MINUTE_MS);

  await page.getByLabel('Bars of Step N').fill('5');
  await page.getByRole('button', { name: 'Step N' }).click();
  await expect.poll(() => workbench.now()).toBe(before + 7 * MINUTE_MS);
});

test('keys typed into a field move nothing', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const before = await workbench.now();
  await workbench.quantity.focus();
  await page.keyboard.type('1.5>s');
  await expect(workbench.quantity).toHaveValue('1.5>s');
  await page.waitForTimeout(300);
  expect(await workbench.now()).toBe(before);
});

test('ten bought at market show as marker, position and cash, and stay after a reload', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const cash = await workbench.figure('Cash');
  const held = await workbench.held();
  const markers = Number(await workbench.chart.getAttribute('data-fills'));
  await workbench.buyAtMarket('10');
  await expect(workbench.chart).toHaveAttribute('data-fills', String(markers + 1));

  await workbench.tab('Fills');
  const fill = workbench.rows(/^Fills/).first();
  await expect(fill).toContainText('Buy');
  const price = Number((await fill.locator('td').nth(4).innerText()).replaceAll(',', ''));
  await expect.poll(() => workbench.figure('Cash')).toBeCloseTo(cash - 10 * price, 2);
  await workbench.tab('Positions');
  await expect.poll(() => workbench.held()).toBe(held + 10);

  const seen = async (): Promise<unknown> => ({
    cash: await workbench.figure('Cash'),
    clock: await workbench.clock.innerText(),
    held: await workbench.held(),
    fills: await workbench.chart.getAttribute('data-fills'),
  });
  const before = await seen();
  await page.reload();
  await expect(workbench.chart).toHaveAttribute('data-fills', String(markers + 1));
  await expect.poll(seen).toEqual(before);
});

test('a limit order stands as a line on the chart until it is canceled', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const lines = Number(await workbench.chart.getAttribute('data-orders'));
  await page.getByLabel('Type').selectOption('limit');
  await workbench.quantity.fill('3');
  await page.getByLabel('Limit price').fill('1.25');
  await expect(workbench.submit).toHaveText(/^Buy 3 \S+ limit 1\.25 day$/);
  await workbench.submit.click();
  await expect(workbench.chart).toHaveAttribute('data-orders', String(lines + 1));

  await workbench.tab('Open orders');
  await page
    .getByRole('button', { name: /^Cancel buy/ })
    .first()
    .click();
  await expect(workbench.chart).toHaveAttribute('data-orders', String(lines));
});

test('a price between the steps is explained beside its field and not sent', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const sent: string[] = [];
  page.on('request', (request) => request.url().includes('orders.place') && sent.push(request.url()));
  await page.getByLabel('Type').selectOption('limit');
  await workbench.quantity.fill('3');
  await page.getByLabel('Limit price').fill('189.501');
  await workbench.submit.click();
  const field = page.getByLabel('Limit price');
  await expect(field).toHaveAccessibleDescription(/at most 2 decimals/);
  expect(sent).toEqual([]);
});

test('a refusal is shown in the server’s words, and the ticket keeps what was typed', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.buyAtMarket('9999999');
  await expect(page.getByText(/Not enough buying power: this needs \$/)).toBeVisible();
  await expect(workbench.quantity).toHaveValue('9999999');
});

for (const how of ['cut', 'silence'] as const) {
  test(`line ${how}: the page says so, and back again nothing is missing`, async ({ page, baseURL }) => {
    const line = await openLine(Number(new URL(baseURL ?? '').port));
    const workbench = new WorkbenchPage(page);
    await workbench.open(line.origin);
    await workbench.quantity.fill('7');
    line[how]();
    const banner = page.getByText(/^⚠ Reconnecting/);
    // Five seconds of silence and one to say so.
    await expect(banner).toBeVisible({ timeout: 6_500 });
    await expect(workbench.submit).toBeDisabled();
    await expect(workbench.quantity).toHaveValue('7');
    await workbench.advanceElsewhere(baseURL ?? '', 3);
    const now = await workbench.advanceElsewhere(baseURL ?? '', 2);
    line.restore();
    await expect(banner).toBeHidden({ timeout: 15_000 });
    await expect.poll(() => workbench.now()).toBe(now);
    await expect.poll(() => workbench.lastBar()).toBe(now - MINUTE_MS);
    await expect(workbench.submit).toBeEnabled();
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect.poll(() => workbench.now()).toBe(now + MINUTE_MS);
    await line.close();
  });
}

test('another symbol and timeframe, as picture and as table', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await page.getByRole('tablist', { name: 'Symbol' }).getByRole('tab').last().click();
  await page.getByRole('button', { name: '5m', exact: true }).click();
  await page.getByRole('button', { name: 'View as table' }).click();
  const rows = page.getByRole('table', { name: /bars of 5 minutes/ }).locator('tbody tr');
  await expect.poll(() => rows.count()).toBeGreaterThan(10);
});

for (const colorScheme of ['dark', 'light'] as const) {
  test(`nothing that axe finds, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const workbench = new WorkbenchPage(page);
    await workbench.open();
    await workbench.tab('All orders');
    await expectAxeClean(page);
  });
}

for (const [width, height] of [
  [1024, 768],
  [360, 740],
] as const) {
  test(`no sideways scroll at ${width}x${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await new WorkbenchPage(page).open();
    for (const region of width < 1024 ? ['Trade', 'Orders', 'Chart'] : []) {
      await page.getByRole('navigation', { name: 'Regions' }).getByRole('button', { name: region }).click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await expectAxeClean(page);
  });
}

test('a session that is not there says what to do', async ({ page }) => {
  const answer = await page.goto('/s/nowhere');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('link', { name: 'Open the demo session' })).toBeVisible();
});

if (PICTURE !== undefined && PICTURE !== '') {
  test('the picture of the README', async ({ page }) => {
    const workbench = new WorkbenchPage(page);
    await workbench.open();
    const last = Number(await page.locator('[data-field="close"]').innerText());
    await page.getByLabel('Type').selectOption('limit');
    await workbench.quantity.fill('25');
    await page.getByLabel('Limit price').fill((last * 0.9985).toFixed(2));
    await workbench.submit.click();
    await workbench.tab('All orders');
    await page.mouse.move(0, 0);
    await page.waitForTimeout(500);
    await page.screenshot({ path: PICTURE });
  });
}

async function expectAxeClean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html.slice(0, 120)) })),
  ).toEqual([]);
}
