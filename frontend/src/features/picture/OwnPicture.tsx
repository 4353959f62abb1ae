import { useMe } from "~/session";
import { PictureScreen } from "./PictureScreen";

/** The pupil's own. */
export default function OwnPicture() {
  return <PictureScreen pupilId={useMe().id} instead={() => null} />;
}
