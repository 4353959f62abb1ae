import { FamilyScreen } from "../features/family/FamilyScreen";
import { OutsideNews } from "./OutsideNews";

/** A parent's page, with what waits for a yes before the children. */
export default function FamilyRoute() {
  return <FamilyScreen news={<OutsideNews />} />;
}
