/** Small facts of the workspace that outlive a restart, by key. */
import type { Catalogue } from './catalogue';

/** `demo_session_id`: what `/` opens. `workspace_key_id`: the key made at first start. */
export type SettingKey = 'demo_session_id' | 'workspace_key_id' | 'demo_seed';

export async function readSetting({ prisma }: Catalogue, key: SettingKey): Promise<string | null> {
  return (await prisma.setting.findUnique({ where: { key } }))?.value ?? null;
}

export async function writeSetting({ prisma }: Catalogue, key: SettingKey, value: string): Promise<void> {
  await prisma.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
}
