-- Bars, quotes and trades are kept alike: a series is what is loaded of one symbol and one kind of data.
-- A kind is also the folder of its files: bars/1Min, bars/1Day, quotes, trades.

-- RenameTable
ALTER TABLE "bar_set" RENAME TO "series";
ALTER TABLE "series" RENAME COLUMN "timeframe" TO "kind";
ALTER TABLE "series" RENAME CONSTRAINT "bar_set_pkey" TO "series_pkey";
ALTER TABLE "series" RENAME CONSTRAINT "bar_set_symbol_fkey" TO "series_symbol_fkey";

-- RenameTable
ALTER TABLE "bar_file" RENAME TO "series_file";
ALTER TABLE "series_file" RENAME COLUMN "timeframe" TO "kind";
ALTER TABLE "series_file" RENAME COLUMN "year" TO "period";
ALTER TABLE "series_file" ALTER COLUMN "period" TYPE TEXT USING "period"::TEXT;
ALTER TABLE "series_file" RENAME CONSTRAINT "bar_file_pkey" TO "series_file_pkey";
ALTER TABLE "series_file" RENAME CONSTRAINT "bar_file_symbol_timeframe_fkey" TO "series_file_symbol_kind_fkey";

-- The key of a file follows that of its series.
UPDATE "series" SET "kind" = 'bars/' || "kind";

-- An import of corporate actions is of many symbols, and has no version.
ALTER TABLE "import" RENAME COLUMN "timeframe" TO "kind";
ALTER TABLE "import" ALTER COLUMN "symbol" DROP NOT NULL;
ALTER TABLE "import" ALTER COLUMN "version" DROP NOT NULL;
UPDATE "import" SET "kind" = 'bars/' || "kind";
ALTER INDEX "import_symbol_timeframe_idx" RENAME TO "import_symbol_kind_idx";

-- CreateTable
CREATE TABLE "corporate_action" (
    "symbol" TEXT NOT NULL,
    "ex_date" DATE NOT NULL,
    "type" TEXT NOT NULL,
    "new_shares" DECIMAL(27,9),
    "old_shares" DECIMAL(27,9),
    "cash_per_share" DECIMAL(27,9),
    "close_before" DECIMAL(27,9),

    CONSTRAINT "corporate_action_pkey" PRIMARY KEY ("symbol","ex_date","type")
);

-- CreateTable
CREATE TABLE "symbol_change" (
    "security" TEXT NOT NULL,
    "valid_to" DATE NOT NULL,
    "ticker" TEXT NOT NULL,
    "exchange_code" TEXT,

    CONSTRAINT "symbol_change_pkey" PRIMARY KEY ("security","valid_to")
);

-- CreateIndex
CREATE INDEX "symbol_change_ticker_idx" ON "symbol_change"("ticker");
