/** Money of the account that the workbench trades with. */
import { TRPCError } from '@trpc/server';
import { router, sessionProcedure } from './procedure';
import { accountSummary } from './view';
import { WORKBENCH_ACCOUNT } from './workbench-actor';

export const accountRouter = router({
  get: sessionProcedure.query(({ ctx }) => {
    const account = ctx.host.read((simulation) => simulation.account(WORKBENCH_ACCOUNT));
    if (account === undefined) {
      throw new TRPCError({ code: 'NOT_FOUND', message: 'This session has no account yet.' });
    }
    return accountSummary(account);
  }),
});
