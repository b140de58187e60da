/** A key as WebCrypto holds it. Named here, because Node's types know it under another name than the browser's. */
export type CryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;
