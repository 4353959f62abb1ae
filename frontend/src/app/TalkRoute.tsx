import { useParams } from "wouter";
import { ChoiceShown } from "~/ui/ChoiceShown";
import { TalkScreen } from "../features/conversations/TalkScreen";
import { FromHome } from "../features/homework/FromHome";
import { ChartCard } from "../features/picture/ChartCard";
import { askWhy } from "./askWhy";

/** One talk at its address; beside the pupil's sheet stand the talent picture, what the pupil shared of choosing, and home. */
export default function TalkRoute() {
  const { conversationId = "" } = useParams<{ conversationId: string }>();
  return (
    <TalkScreen
      key={conversationId}
      id={conversationId}
      instead={askWhy}
      more={({ choices }) => choices.map((choice) => <ChoiceShown key={choice.id} choice={choice} brief />)}
      fromHome={({ homework, viewer }, below) => (
        <FromHome cards={homework} look={viewer === "self" ? "folded" : "card"} below={below} />
      )}
      map={({ pupil, viewer, picture }) => picture && <ChartCard picture={{ pupil, viewer, ...picture }} />}
    />
  );
}
