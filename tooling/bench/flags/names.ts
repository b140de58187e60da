/** What the table calls each way. */
export const names = {
  limit: "limit: two bare `Set`s and murmur3, a boolean for an answer",
  ours: "**ours**, with reason, rule, bucket and revision",
  oursLong: "**ours**, 10,000 tenants and 10,000 people on the lists",
  launchDarkly: "LaunchDarkly's server SDK",
  launchDarklySegment: "LaunchDarkly's server SDK, the tenants as a segment",
  flagsmith: "Flagsmith's engine",
  growthBook: "GrowthBook",
  openFeature: "OpenFeature's client over its in-memory provider, which asks the bare `Set`s",
  unleash: "Unleash's client",
} as const;
