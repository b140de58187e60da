import { CHAIN_START } from "@tessera/domain/redemption/scan-chain";
import { Dexie, type DexieOptions, type Table } from "dexie";
import type {
  DeviceRow,
  EntryRow,
  FlagSetRow,
  HistoryRow,
  ManifestRow,
  OutboxRow,
  ScanRow,
  SentRow,
  ThingRow,
  UseRow,
} from "./rows.ts";
import { newDeviceKey } from "./sealing.ts";
import { storeTrouble } from "./store-trouble.ts";

/** Every table of a desk. */
export interface DeskTables {
  device: Table<DeviceRow, number>;
  manifest: Table<ManifestRow, number>;
  entries: Table<EntryRow, string>;
  uses: Table<UseRow, string>;
  things: Table<ThingRow, string>;
  scans: Table<ScanRow, string>;
  outbox: Table<OutboxRow, number>;
  history: Table<HistoryRow, number>;
  sent: Table<SentRow, string>;
  flags: Table<FlagSetRow, number>;
}

/** What changes with a write; null when nothing was written after all. */
export type DeviceChange = Partial<Pick<DeviceRow, "seq" | "hash" | "quarantinedAt" | "handedInAt">>;
type Work = (tables: DeskTables, device: DeviceRow) => Promise<DeviceChange | null>;

/**
 * A desk's memory for times without a network. What was written is on the disk before a promise resolves.
 *
 * @throws CannotDecide From every method: `store_full`, or `no_store` when the browser has none, has closed it, or a newer
 *   version of this app holds it. Then nothing was written.
 */
export interface DeskStore {
  device(): Promise<DeviceRow>;
  read<T>(work: (tables: DeskTables) => PromiseLike<T>): Promise<T>;
  /** One transaction over every table. @returns Whether anything was written. */
  write(work: Work): Promise<boolean>;
  /** The same, if nothing was written since `seen` was read; else nothing. This is what decides a race, also of two windows. */
  commit(seen: DeviceRow, work: Work): Promise<boolean>;
  close(): void;
}

/** The shape of the database. A new version is added below the old ones, which are never edited. */
const VERSION = 2;
export const VERSION_1 = {
  device: "id",
  manifest: "id",
  entries: "tag",
  uses: "tag",
  things: "thing",
  scans: "scanId, at",
  outbox: "seq, tag",
  history: "seq, at",
  sent: "scanId, tag",
};
/** What it has besides. */
export const VERSION_2 = { flags: "id" };

/** @returns The name of a device's database: a desk that is paired anew begins a new story. */
export const storeNameOf = (deviceId: string): string => `tessera-desk-${deviceId}`;

/** A place to keep databases in: the browser's, unless a test brings one. */
export type StorePlace = Pick<DexieOptions, "indexedDB" | "IDBKeyRange">;

/**
 * @param name See `storeNameOf`.
 * @param place For tests.
 * @returns At once; the database is opened by the first use.
 */
export function deskStore(name: string, place: StorePlace = {}): DeskStore {
  // Strict: a commit is told of when the disk has it. A lost power supply must not bring a used code back.
  const db = new Dexie(name, { ...place, chromeTransactionDurability: "strict", cache: "disabled" });
  db.version(1).stores(VERSION_1);
  db.version(2).stores(VERSION_2);
  const tables = Object.fromEntries(db.tables.map((table) => [table.name, table])) as unknown as DeskTables;

  let opened: Promise<unknown> | undefined;
  let isClosed = false;
  const open = () => {
    // What was still under way must not bring back a store that is being deleted.
    if (isClosed) return Promise.reject(new Dexie.DatabaseClosedError("this window is done with the store"));
    opened ??= firstOpened(db).then(() => introduce(tables));
    return opened;
  };

  async function using<T>(work: () => PromiseLike<T>): Promise<T> {
    try {
      await open();
      return await work();
    } catch (error) {
      if (!db.isOpen()) opened = undefined; // looked for again next time: a blocked store may be free by then
      throw storeTrouble(error);
    }
  }

  const write = (work: Work) =>
    using(() =>
      db.transaction("rw", Object.values(tables), async () => {
        const device = await tables.device.get(1);
        if (!device) throw new Dexie.DatabaseClosedError("the store was emptied while it was in use");
        const change = await work(tables, device);
        if (change) await tables.device.put({ ...device, ...change, version: device.version + 1 });
        return change !== null;
      }),
    );

  return {
    device: () =>
      using(async () => {
        const device = await tables.device.get(1);
        return device ?? introduce(tables);
      }),
    read: (work) => using(() => work(tables)),
    write,
    commit: (seen, work) => write(async (all, device) => (device.version === seen.version ? work(all, device) : null)),
    close() {
      isClosed = true;
      db.close();
    },
  };
}

/** A newer or older window that does not let go must not leave the desk waiting for ever. */
function firstOpened(db: Dexie): Promise<unknown> {
  return new Promise((resolve, reject) => {
    db.on("blocked", () => {
      reject(new Dexie.DatabaseClosedError("another window holds an older version of the store"));
      db.close();
    });
    db.open().then(() => {
      // Dexie would work with the rows of a newer app. This one does not know what they mean, so it leaves them alone.
      const version = Math.floor(db.backendDB().version / 10);
      if (version <= VERSION) return resolve(db);
      reject(new Dexie.VersionError(`the store is of version ${version}`));
      db.close();
    }, reject);
  });
}

/** The first row of a new store. Two windows may both try: one of them is first. */
async function introduce({ device }: DeskTables): Promise<DeviceRow> {
  const known = await device.get(1);
  if (known) return known;
  const key = await newDeviceKey();
  const fresh: DeviceRow = {
    id: 1,
    version: 0,
    seq: 0,
    hash: CHAIN_START,
    key,
    quarantinedAt: null,
    handedInAt: null,
  };
  await device.add(fresh).catch(Dexie.errnames.Constraint, () => undefined);
  return (await device.get(1)) ?? fresh;
}
