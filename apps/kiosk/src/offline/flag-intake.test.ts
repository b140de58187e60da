import type { TenantId } from "@tessera/contracts";
import { Dexie } from "dexie";
import { describe, expect, it } from "vitest";
import { flagsAlone } from "./flags-alone.ts";
import { deskStore, VERSION_1 } from "./store.ts";
import { deskAt, handClock } from "./testing.ts";
import { KEY, signingServer } from "./testing-flags.ts";
import { freshPlace } from "./testing-place.ts";

async function desk() {
  const [place, clock, sign] = [freshPlace(), handClock(), await signingServer()];
  const here = deskAt(place, clock);
  const receive = async (...given: Parameters<typeof sign>) =>
    here.flags.receive(here.flags.ask(), await sign(...given));
  const isOn = async () => (await flagsAlone(here.store, clock.now))?.isOn(KEY) ?? null;
  return { ...here, place, clock, sign, receive, isOn };
}

describe("a desk and its flags", () => {
  it("knows none before it was told, then those of the newest set, also when the page is opened anew", async () => {
    const { receive, isOn, place, clock, store } = await desk();
    expect(await isOn()).toBeNull();
    expect(await receive({ revision: 1 })).toBe("received");
    expect(await isOn()).toBe(true);
    expect(await receive({ revision: 2, value: false })).toBe("received");
    store.close();
    const opened = deskAt(place, clock);
    expect((await flagsAlone(opened.store, clock.now))?.isOn(KEY)).toBe(false);
    expect((await flagsAlone(opened.store, clock.now))?.isOn("ff/qr_unified_portal")).toBeNull();
  });

  it("never puts an older set over a newer one, in whatever order they come", async () => {
    const { receive, isOn } = await desk();
    await receive({ revision: 5, value: false, issuedAt: 10 });
    expect(await receive({ revision: 4, issuedAt: 60 })).toBe("not_newer");
    expect(await receive({ revision: 5, issuedAt: 9 })).toBe("not_newer");
    expect(await isOn()).toBe(false);
    expect(await receive({ revision: 6, issuedAt: 5 })).toBe("received"); // a server whose clock is a little slow
    expect(await isOn()).toBe(true);
  });

  it("keeps the newer of two sets that come at once, whichever is written first", async () => {
    for (const revisions of [
      [1, 2],
      [2, 1],
    ]) {
      const { receive, isOn } = await desk();
      await Promise.all(revisions.map((revision) => receive({ revision, value: revision === 1 })));
      expect(await isOn()).toBe(false);
    }
  });

  it("takes the same set again for no younger", async () => {
    const { receive, isOn, clock } = await desk();
    await receive();
    clock.pass(50 * 60);
    expect(await receive()).toBe("not_newer");
    clock.pass(10 * 60);
    expect(await isOn()).toBe(false);
  });
});

describe("whom a desk believes", () => {
  it("is the key of its first set, and the one that this set names as the next", async () => {
    const { receive } = await desk();
    await receive({ by: 1, revision: 1 });
    expect(await receive({ by: 3, revision: 2 })).toBe("unknown_key");
    expect(await receive({ by: 2, revision: 2 })).toBe("received");
    expect(await receive({ by: 3, revision: 3 })).toBe("received");
  });

  it("is no key any more that a later set does not name: it was revoked, or is long gone", async () => {
    const { receive, isOn } = await desk();
    await receive({ by: 1, revision: 1, value: false });
    await receive({ by: 2, revision: 2, value: false });
    expect(await receive({ by: 1, names: [1, 2], revision: 3 })).toBe("unknown_key");
    expect(await isOn()).toBe(false);
  });

  it("is nobody new when two keys went by without it, until it is paired anew and begins with a fresh store", async () => {
    const { receive, place, clock, sign } = await desk();
    await receive({ by: 1, revision: 1 });
    const late = await sign({ by: 3, revision: 9 });
    expect(await receive({ by: 3, revision: 9 })).toBe("unknown_key");
    const paired = deskAt(freshPlace(), clock);
    expect(await paired.flags.receive(paired.flags.ask(), late)).toBe("received");
    const again = deskAt(place, clock);
    expect(await again.flags.receive(again.flags.ask(), late)).toBe("unknown_key");
  });

  it("is no other tenant, even by its own key", async () => {
    const neighbour = "0199c000-0000-7000-8000-000000000008" as TenantId;
    const { receive, flags } = await desk();
    await receive({ revision: 1 });
    const theirs = await signingServer(neighbour);
    expect(await flags.receive(flags.ask(), await theirs({ revision: 2 }))).toBe("unknown_key");
    expect(await receive({ revision: 2, tenantId: neighbour })).toBe("other_tenant");
  });
});

describe("a set in the store", () => {
  it("that was altered says off, and gives way to the next one", async () => {
    const { receive, isOn, store } = await desk();
    await receive({ value: false });
    await store.write(async ({ flags }) => {
      const row = await flags.get(1);
      await flags.update(1, { set: row?.set.replace("false", "true") ?? "" });
      return {};
    });
    expect(await isOn()).toBe(false);
    expect(await receive({ revision: 2 })).toBe("received");
    expect(await isOn()).toBe(true);
  });

  it("has its place in a store that an older app has made, beside what is there", async () => {
    const place = freshPlace();
    const older = new Dexie("desk", place);
    older.version(1).stores(VERSION_1);
    await older.open();
    await older.table("sent").put({ scanId: "one", tag: null, at: 0 });
    older.close();
    const sign = await signingServer();
    const { flags, store } = deskAt(place, handClock());
    expect(await flags.receive(flags.ask(), await sign())).toBe("received");
    expect(await store.read(({ sent }) => sent.count())).toBe(1);
  });

  it("fences what is decided meanwhile: a decision that was made by older flags is made anew", async () => {
    const { receive, store } = await desk();
    const seen = await store.device();
    await receive({ value: false });
    expect(await store.commit(seen, async () => ({}))).toBe(false);
  });

  it("of a browser without a store is no set", async () => {
    const store = deskStore("desk", {});
    await expect(flagsAlone(store, handClock().now)).rejects.toMatchObject({ why: "no_store" });
  });
});
