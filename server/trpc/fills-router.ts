/** Fills of the account, newest first. */
import * as z from 'zod';
import { router, sessionProcedure } from './procedure';
import { fillRow } from './view';
import { WORKBENCH_ACCOUNT } from './workbench-actor';

const FILLS_MAX = 1_000;
const listInput = z.object({
  symbol: z.string().min(1).max(32).optional(),
  limit: z.int().min(1).max(FILLS_MAX).default(FILLS_MAX),
});

export const fillsRouter = router({
  list: sessionProcedure.input(listInput).query(({ ctx, input }) =>
    ctx.host.read((simulation) =>
      simulation
        .fills(WORKBENCH_ACCOUNT)
        .filter((fill) => input.symbol === undefined || fill.symbol === input.symbol)
        .slice(-input.limit)
        .reverse()
        .map((fill) => fillRow(simulation, fill)),
    ),
  ),
});
