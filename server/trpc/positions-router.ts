/** What the account holds. */
import { router, sessionProcedure } from './procedure';
import { positionRow } from './view';
import { WORKBENCH_ACCOUNT } from './workbench-actor';

export const positionsRouter = router({
  list: sessionProcedure.query(({ ctx }) =>
    ctx.host.read((simulation) => simulation.positions(WORKBENCH_ACCOUNT).map(positionRow)),
  ),
});
