import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.*;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Validates files with veraPDF's bundled profiles; they are read with DOM because no JAXB implementation is bundled. */
public class VeraCheck {
    private static final String PROFILES = "/org/verapdf/pdfa/validation/PDF%s.xml";

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        for (String id : arguments[0].split(",")) {
            ValidationProfile profile = profile(id);
            for (int file = 1; file < arguments.length; file++) {
                try {
                    report(file - 1, id, validate(new File(arguments[file]), profile));
                } catch (Exception | LinkageError unreadable) {
                    line("unreadable", file - 1, id, unreadable);
                }
            }
        }
    }

    private static ValidationResult validate(File file, ValidationProfile profile) throws Exception {
        PDFAFlavour flavour = profile.getPDFAFlavour();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(profile, 1, false, true, false)) {
            return validator.validate(parser);
        }
    }

    private static void report(int file, String flavour, ValidationResult result) {
        result.getFailedChecks().forEach((rule, count) -> {
            String description = "", context = "";
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getRuleId().equals(rule)) {
                    description = assertion.getMessage();
                    context = assertion.getErrorMessage() + " | " + assertion.getLocation().getContext();
                }
            }
            line("rule", file, flavour, rule.getClause(), rule.getTestNumber(), count, description, context);
        });
        line(result.isCompliant() ? "pass" : "fail", file, flavour, result.getTotalAssertions());
    }

    private static void line(java.lang.Object... parts) {
        List<String> texts = new ArrayList<>();
        for (java.lang.Object part : parts) texts.add(String.valueOf(part).replaceAll("\\s+", " ").strip());
        System.out.println(String.join("\t", texts));
    }

    private static ValidationProfile profile(String id) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(id);
        String name = id.startsWith("ua") ? "UA-" + id.substring(2) : "A-" + id.toUpperCase();
        Element root;
        try (InputStream stream = VeraCheck.class.getResourceAsStream(String.format(PROFILES, name))) {
            if (stream == null || flavour == PDFAFlavour.NO_FLAVOUR) throw new Exception("no profile called " + id);
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream).getDocumentElement();
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element each : all(root, "rule")) rules.add(rule(each));
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element each : all(root, "variable")) {
            variables.add(Profiles.variableFromValues(each.getAttribute("name"), each.getAttribute("object"),
                    text(each, "defaultValue"), text(each, "value")));
        }
        ProfileDetails details = Profiles.profileDetailsFromValues(name, name, "veraPDF", new java.util.Date(0));
        return Profiles.profileFromValues(flavour, details, "", rules, variables);
    }

    private static Rule rule(Element each) {
        Element id = all(each, "id").get(0);
        List<ErrorArgument> causes = new ArrayList<>();
        for (Element argument : all(each, "argument")) {
            String name = argument.hasAttribute("name") ? argument.getAttribute("name") : null;
            causes.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), name, null));
        }
        RuleId number = Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
        Boolean deferred = each.hasAttribute("deferred") ? Boolean.valueOf(each.getAttribute("deferred")) : null;
        return Profiles.ruleFromValues(number, each.getAttribute("object"), deferred, each.getAttribute("tags"),
                text(each, "description"), text(each, "test"),
                Profiles.errorFromValues(text(each, "message"), causes), new ArrayList<>());
    }

    private static List<Element> all(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) found.add((Element) nodes.item(i));
        return found;
    }

    private static String text(Element parent, String name) {
        return all(parent, name).get(0).getTextContent();
    }
}
