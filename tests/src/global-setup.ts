/** Starts what every integration test shares. */
export default async function setup(): Promise<void> {}
