import { FamilyScreen } from "../features/family/FamilyScreen";
import { OutsideNews } from "./OutsideNews";
import { ShowcaseNews } from "./ShowcaseNews";
import { TransferAsked } from "./TransferNews";

/** A parent's page, with what waits for a yes before the children. */
export default function FamilyRoute() {
  return (
    <FamilyScreen
      news={
        <>
          <OutsideNews />
          <ShowcaseNews />
          <TransferAsked />
        </>
      }
    />
  );
}
