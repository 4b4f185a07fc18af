'use client';
/** The typed way to the server, and the shapes that come back. */
import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@/server/trpc/router';

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

type Outputs = inferRouterOutputs<AppRouter>;
export type Inputs = inferRouterInputs<AppRouter>;
export type Session = Outputs['session']['get'];
export type SessionSymbol = Session['symbols'][number];
export type Clock = Outputs['clock']['get'];
export type Account = Outputs['account']['get'];
export type OrderRow = Outputs['orders']['list'][number];
export type PositionRow = Outputs['positions']['list'][number];
export type FillRow = Outputs['fills']['list'][number];
export type BarArrays = Outputs['bars']['window']['bars'];
