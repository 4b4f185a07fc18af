-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "asset" (
    "id" UUID NOT NULL,
    "symbol" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "asset_class" TEXT NOT NULL,
    "exchange" TEXT NOT NULL,
    "tradable" BOOLEAN NOT NULL DEFAULT true,
    "fractionable" BOOLEAN NOT NULL DEFAULT true,
    "marginable" BOOLEAN NOT NULL DEFAULT true,
    "shortable" BOOLEAN NOT NULL DEFAULT true,
    "easy_to_borrow" BOOLEAN NOT NULL DEFAULT true,
    "synthetic" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "asset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bar_set" (
    "symbol" TEXT NOT NULL,
    "timeframe" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "first_time" TIMESTAMPTZ(3) NOT NULL,
    "last_time" TIMESTAMPTZ(3) NOT NULL,
    "synthetic" BOOLEAN NOT NULL DEFAULT false,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "bar_set_pkey" PRIMARY KEY ("symbol","timeframe")
);

-- CreateTable
CREATE TABLE "bar_file" (
    "symbol" TEXT NOT NULL,
    "timeframe" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL,
    "first_time" TIMESTAMPTZ(3) NOT NULL,
    "last_time" TIMESTAMPTZ(3) NOT NULL,
    "bytes" INTEGER NOT NULL,
    "checksum" TEXT NOT NULL,

    CONSTRAINT "bar_file_pkey" PRIMARY KEY ("symbol","timeframe","year","version")
);

-- CreateTable
CREATE TABLE "import" (
    "id" SERIAL NOT NULL,
    "feed" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "symbol" TEXT NOT NULL,
    "timeframe" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL,
    "added" INTEGER NOT NULL,
    "replaced" INTEGER NOT NULL,
    "warnings" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "key_id" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "session_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("key_id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "asset_symbol_key" ON "asset"("symbol");

-- CreateIndex
CREATE INDEX "import_symbol_timeframe_idx" ON "import"("symbol", "timeframe");

-- CreateIndex
CREATE INDEX "api_key_session_id_idx" ON "api_key"("session_id");

-- AddForeignKey
ALTER TABLE "bar_set" ADD CONSTRAINT "bar_set_symbol_fkey" FOREIGN KEY ("symbol") REFERENCES "asset"("symbol") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bar_file" ADD CONSTRAINT "bar_file_symbol_timeframe_fkey" FOREIGN KEY ("symbol", "timeframe") REFERENCES "bar_set"("symbol", "timeframe") ON DELETE CASCADE ON UPDATE CASCADE;


