/** How the chart looks: neutral chrome, blue up filled, orange down hollow, so that colour is never the only sign. */
import {
  ColorType,
  CrosshairMode,
  LineStyle,
  type ChartOptions,
  type DeepPartial,
  type TextWatermarkOptions,
} from 'lightweight-charts';
import type { ChartColours } from './chart-colours';
import { crosshairLabel, tickLabel } from './new-york-scale';

export function chartOptions(colours: ChartColours): DeepPartial<ChartOptions> {
  const line = { color: colours.control, style: LineStyle.Dashed, labelBackgroundColor: colours.control };
  return {
    autoSize: true,
    layout: {
      background: { type: ColorType.Solid, color: colours.background },
      textColor: colours.text,
      fontFamily: "'Inter Variable', system-ui, sans-serif",
      fontSize: 11,
      attributionLogo: true,
    },
    grid: { vertLines: { color: colours.grid }, horzLines: { color: colours.grid } },
    crosshair: { mode: CrosshairMode.Normal, vertLine: line, horzLine: line },
    rightPriceScale: { borderColor: colours.grid, scaleMargins: { top: 0.12, bottom: 0.22 } },
    timeScale: {
      borderColor: colours.grid,
      timeVisible: true,
      secondsVisible: false,
      rightOffset: 6,
      minBarSpacing: 0.5,
      tickMarkFormatter: tickLabel,
    },
    localization: { locale: 'en-US', timeFormatter: crosshairLabel },
  };
}

export function candleOptions(colours: ChartColours) {
  return {
    upColor: colours.up,
    borderUpColor: colours.up,
    wickUpColor: colours.up,
    downColor: colours.background,
    borderDownColor: colours.down,
    wickDownColor: colours.down,
    priceLineStyle: LineStyle.Dotted,
  };
}

export function volumeOptions() {
  return {
    priceScaleId: '',
    priceFormat: { type: 'volume' },
    lastValueVisible: false,
    priceLineVisible: false,
  } as const;
}

export const FILL_OPTIONS = {
  lineVisible: false,
  pointMarkersVisible: false,
  lastValueVisible: false,
  priceLineVisible: false,
  crosshairMarkerVisible: false,
} as const;

export function watermarkOptions(colours: ChartColours): DeepPartial<TextWatermarkOptions> {
  const line = {
    text: 'SIMULATED',
    color: colours.watermark,
    fontSize: 56,
    fontStyle: '600',
    fontFamily: 'Inter Variable',
  };
  return { horzAlign: 'center', vertAlign: 'center', lines: [line] };
}
