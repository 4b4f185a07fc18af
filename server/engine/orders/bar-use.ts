/** How much of a bar's volume has been taken: only the newest bar traded in is remembered. */
import type { Quantity } from '../units/fixed-point';
import type { EpochMs } from '../units/time';

export class BarUse {
  private barTime: EpochMs = -1;
  private quantity = 0n as Quantity;

  of(barTime: EpochMs): Quantity {
    return this.barTime === barTime ? this.quantity : (0n as Quantity);
  }

  add(barTime: EpochMs, quantity: Quantity): void {
    this.quantity = (this.of(barTime) + quantity) as Quantity;
    this.barTime = barTime;
  }
}
