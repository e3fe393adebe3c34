/** The shape of the id in the path of a link; what has another belongs to no link of ours. */
export const publicIdShape = /^[A-Za-z0-9]{12}$/;

/** A body as JSON, whatever its content type; one that is no JSON is as good as none. */
export function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
