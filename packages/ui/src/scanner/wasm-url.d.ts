/** The address of a file of the app, as the bundler gives it. */
declare module "*.wasm?url" {
  const url: string;
  export default url;
}
