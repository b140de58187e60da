/** What was asked makes no sense whoever asks; the message says what would. The edge answers it as a bad request. */
export class Misused extends RangeError {
  override name = "Misused";
}
