import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import type { StorePlace } from "./store.ts";

/** A browser's databases, forgotten when the test ends. */
export const freshPlace = (): StorePlace => ({ indexedDB: new IDBFactory(), IDBKeyRange });
