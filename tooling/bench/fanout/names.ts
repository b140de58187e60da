/** What the tables call each server. */
export const names = {
  raw: "limit: `ws`, one buffer to everybody",
  ours: "**our hub**: the product, `live.events`, real redemptions",
  stock: "tRPC's ws adapter, a generator for each",
  socketIo: "Socket.IO 4.8, a room",
  oldSocketIo: "Socket.IO 4.6.1, a room",
} as const;
