// The theme comes through the build on its own, where all but the tokens in use are left out.
import "@gemeente-denhaag/design-tokens-components/dist/theme/index.css";
import "./index.css";
