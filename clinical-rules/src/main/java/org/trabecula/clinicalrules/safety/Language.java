package org.trabecula.clinicalrules.safety;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelUnknownSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.contracts.RegulatoryStatus;

/// The language of conditions: CEL with the variables `patient`, `regimen`, `step` and `flags`,
/// and the questions that may be asked of them.
///
/// A condition that asks for a fact, a unit, an agent or a route that does not exist is refused
/// when it is read.
final class Language {
  private static final CelType TEXT = SimpleType.STRING;
  private static final CelType NUMBER = SimpleType.DOUBLE;
  private static final CelType COUNT = SimpleType.INT;
  private static final CelType TRUTH = SimpleType.BOOL;

  /// What the words of a question must be.
  private enum Words {
    CONDITION(true),
    QUANTITY_AND_UNIT(true),
    CODED_AND_VALUE(true),
    ANALYTE(true),
    ANALYTE_AND_UNIT(true),
    AGENT(false),
    AGENT_AND_ROUTE(false),
    AGENT_AND_UNIT(false),
    AGENT_UNIT_AND_ROUTE(false),
    TWO_AGENTS(false),
    AGENT_AND_INDICATION(false),
    STATUS(false),
    FREE(false);

    /// Whether the first word is a fact or an analyte.
    private final boolean areOfThePatient;

    Words(boolean areOfThePatient) {
      this.areOfThePatient = areOfThePatient;
    }
  }

  private record Question(
      String receiver,
      Class<?> type,
      String name,
      CelType answer,
      Words words,
      List<CelType> arguments,
      CelFunctionOverload asks) {

    String overload() {
      return receiver + "_" + name + "_" + arguments.size();
    }
  }

  private static final List<Question> QUESTIONS =
      List.of(
          patient("female", TRUTH, Words.FREE, List.of(), a -> p(a).female()),
          patient("male", TRUTH, Words.FREE, List.of(), a -> p(a).male()),
          patient("age", NUMBER, Words.FREE, List.of(), a -> p(a).age()),
          patient("postmenopausal", TRUTH, Words.FREE, List.of(), a -> p(a).postmenopausal()),
          patient("premenopausal", TRUTH, Words.FREE, List.of(), a -> p(a).premenopausal()),
          patient(
              "yearsSinceMenopause",
              NUMBER,
              Words.FREE,
              List.of(),
              a -> p(a).yearsSinceMenopause()),
          patient("surgicalMenopause", TRUTH, Words.FREE, List.of(), a -> p(a).surgicalMenopause()),
          patient("hasUterus", TRUTH, Words.FREE, List.of(), a -> p(a).hasUterus()),
          patient("pregnant", TRUTH, Words.FREE, List.of(), a -> p(a).pregnant()),
          patient("hypogonadal", TRUTH, Words.FREE, List.of(), a -> p(a).hypogonadal()),
          patient(
              "primaryHypogonadism", TRUTH, Words.FREE, List.of(), a -> p(a).primaryHypogonadism()),
          patient(
              "growthHormoneDeficient",
              TRUTH,
              Words.FREE,
              List.of(),
              a -> p(a).growthHormoneDeficient()),
          patient("region", TEXT, Words.FREE, List.of(), a -> p(a).region()),
          patient("has", TRUTH, Words.CONDITION, List.of(TEXT), a -> p(a).has(text(a, 1))),
          patient("known", TRUTH, Words.CONDITION, List.of(TEXT), a -> p(a).known(text(a, 1))),
          patient("ever", TRUTH, Words.CONDITION, List.of(TEXT), a -> p(a).ever(text(a, 1))),
          patient("times", COUNT, Words.CONDITION, List.of(TEXT), a -> p(a).times(text(a, 1))),
          patient(
              "within",
              TRUTH,
              Words.CONDITION,
              List.of(TEXT, COUNT),
              a -> p(a).within(text(a, 1), count(a, 2))),
          patient(
              "stated",
              NUMBER,
              Words.QUANTITY_AND_UNIT,
              List.of(TEXT, TEXT),
              a -> p(a).stated(text(a, 1))),
          patient(
              "coded",
              TRUTH,
              Words.CODED_AND_VALUE,
              List.of(TEXT, TEXT),
              a -> p(a).coded(text(a, 1), text(a, 2))),
          patient(
              "measured",
              TRUTH,
              Words.ANALYTE,
              List.of(TEXT, COUNT),
              a -> p(a).measured(text(a, 1), count(a, 2))),
          patient(
              "measuredBy",
              TRUTH,
              Words.ANALYTE,
              List.of(TEXT, TEXT, COUNT),
              a -> p(a).measuredBy(text(a, 1), text(a, 2), count(a, 3))),
          patient(
              "latest",
              NUMBER,
              Words.ANALYTE_AND_UNIT,
              List.of(TEXT, TEXT, COUNT),
              a -> p(a).latest(text(a, 1), count(a, 3))),
          patient(
              "tScoreAtMost",
              TRUTH,
              Words.FREE,
              List.of(NUMBER, COUNT),
              a -> p(a).tScoreAtMost((Double) a[1], count(a, 2))),
          patient(
              "zScoreAtMost",
              TRUTH,
              Words.FREE,
              List.of(NUMBER, COUNT),
              a -> p(a).zScoreAtMost((Double) a[1], count(a, 2))),
          patient("scanned", TRUTH, Words.FREE, List.of(COUNT), a -> p(a).scanned(count(a, 1))),
          patient("bmi", NUMBER, Words.FREE, List.of(COUNT), a -> p(a).bmi(count(a, 1))),
          patient(
              "change",
              NUMBER,
              Words.ANALYTE_AND_UNIT,
              List.of(TEXT, TEXT, COUNT),
              a -> p(a).change(text(a, 1), count(a, 3))),
          patient(
              "morningsBelow",
              COUNT,
              Words.ANALYTE_AND_UNIT,
              List.of(TEXT, TEXT, NUMBER, COUNT),
              a -> p(a).morningsBelow(text(a, 1), (Double) a[3], count(a, 4))),
          patient("takes", TRUTH, Words.AGENT, List.of(TEXT), a -> p(a).takes(text(a, 1))),
          patient(
              "takesDaily",
              TRUTH,
              Words.AGENT,
              List.of(TEXT, NUMBER, COUNT),
              a -> p(a).takesDaily(text(a, 1), (Double) a[2], count(a, 3))),
          regimen("includes", TRUTH, Words.AGENT, List.of(TEXT), a -> r(a).includes(text(a, 1))),
          regimen(
              "includes",
              TRUTH,
              Words.AGENT_AND_ROUTE,
              List.of(TEXT, TEXT),
              a -> r(a).includes(text(a, 1), text(a, 2))),
          regimen("only", TRUTH, Words.AGENT, List.of(TEXT), a -> r(a).only(text(a, 1))),
          regimen(
              "ends",
              TRUTH,
              Words.AGENT,
              List.of(TEXT, COUNT),
              a -> r(a).ends(text(a, 1), count(a, 2))),
          regimen("agents", COUNT, Words.AGENT, List.of(TEXT), a -> r(a).agents(text(a, 1))),
          regimen(
              "together",
              TRUTH,
              Words.TWO_AGENTS,
              List.of(TEXT, TEXT),
              a -> r(a).together(text(a, 1), text(a, 2))),
          regimen("stops", TRUTH, Words.AGENT, List.of(TEXT), a -> r(a).stops(text(a, 1))),
          regimen("daysOn", NUMBER, Words.AGENT, List.of(TEXT), a -> r(a).daysOn(text(a, 1))),
          regimen("yearsOn", NUMBER, Words.AGENT, List.of(TEXT), a -> r(a).yearsOn(text(a, 1))),
          regimen(
              "givenFor",
              TRUTH,
              Words.AGENT_AND_INDICATION,
              List.of(TEXT, TEXT),
              a -> r(a).givenFor(text(a, 1), text(a, 2))),
          regimen(
              "perWeek",
              NUMBER,
              Words.AGENT_AND_UNIT,
              List.of(TEXT, TEXT),
              a -> r(a).perWeek(text(a, 1), text(a, 2))),
          regimen(
              "perWeek",
              NUMBER,
              Words.AGENT_UNIT_AND_ROUTE,
              List.of(TEXT, TEXT, TEXT),
              a -> r(a).perWeek(text(a, 1), text(a, 2), text(a, 3))),
          regimen("interval", NUMBER, Words.AGENT, List.of(TEXT), a -> r(a).interval(text(a, 1))),
          regimen("timesADay", NUMBER, Words.AGENT, List.of(TEXT), a -> r(a).timesADay(text(a, 1))),
          regimen(
              "endometriumProtected",
              TRUTH,
              Words.FREE,
              List.of(),
              a -> r(a).endometriumProtected()),
          regimen(
              "progestogenReachesEndometrium",
              TRUTH,
              Words.FREE,
              List.of(),
              a -> r(a).progestogenReachesEndometrium()),
          regimen("jurisdiction", TEXT, Words.FREE, List.of(), a -> r(a).jurisdiction()),
          step("aboveUsual", TRUTH, a -> ((StepInquiry) a[0]).aboveUsual()),
          flags("any", TRUTH, Words.STATUS, List.of(TEXT), a -> f(a).any(text(a, 1))),
          flags("prohibited", TRUTH, Words.FREE, List.of(), a -> f(a).prohibited()),
          flags("controlled", TRUTH, Words.FREE, List.of(), a -> f(a).controlled()),
          flags("confidence", TRUTH, Words.FREE, List.of(TEXT), a -> f(a).confidence(text(a, 1))),
          flags("age", NUMBER, Words.FREE, List.of(), a -> f(a).age()));

  private static final CelUnknownSet UNKNOWN = CelUnknownSet.create(0L);

  /// What a question asks for beside its words.
  private static final Map<String, List<String>> BESIDE =
      Map.ofEntries(
          Map.entry("postmenopausal", List.of("menopause", "surgical-menopause")),
          Map.entry("premenopausal", List.of("menopause", "surgical-menopause")),
          Map.entry("surgicalMenopause", List.of("surgical-menopause")),
          Map.entry("hasUterus", List.of("hysterectomy")),
          Map.entry(
              "pregnant",
              List.of("pregnancy", "hcg-beta", "hysterectomy", "menopause", "surgical-menopause")),
          Map.entry("hypogonadal", List.of("hypogonadism")),
          Map.entry("primaryHypogonadism", List.of("primary-hypogonadism")),
          Map.entry("growthHormoneDeficient", List.of("growth-hormone-deficiency")),
          Map.entry("tScoreAtMost", PatientInquiry.T_SCORES),
          Map.entry("zScoreAtMost", PatientInquiry.Z_SCORES),
          Map.entry("scanned", PatientInquiry.SCANS),
          Map.entry("bmi", List.of("bmi")));

  private final Vocabulary vocabulary;
  private final Classes classes;
  private final CelCompiler compiler;
  private final CelRuntime runtime;

  Language(Vocabulary vocabulary, Classes classes) {
    this.vocabulary = vocabulary;
    this.classes = classes;
    CelOptions options = CelOptions.current().enableHeterogeneousNumericComparisons(true).build();
    CelCompilerBuilder compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(options)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setResultType(SimpleType.BOOL);
    CelRuntimeBuilder runtime = CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(options);
    for (String receiver : List.of("patient", "regimen", "step", "flags")) {
      compiler.addVar(receiver, OpaqueType.create(receiver));
    }
    for (Question question : QUESTIONS) {
      List<CelType> arguments = new ArrayList<>();
      arguments.add(OpaqueType.create(question.receiver()));
      arguments.addAll(question.arguments());
      compiler.addFunctionDeclarations(
          newFunctionDeclaration(
              question.name(),
              newMemberOverload(question.overload(), question.answer(), arguments)));
      List<Class<?>> types = new ArrayList<>();
      types.add(question.type());
      question.arguments().forEach(argument -> types.add(javaType(argument)));
      CelFunctionOverload asks = question.asks();
      runtime.addFunctionBindings(
          CelFunctionBinding.from(question.overload(), types, asked -> answer(asks, asked)));
    }
    this.compiler = compiler.build();
    this.runtime = runtime.build();
  }

  /// A condition that can be asked.
  ///
  /// @param asks codes of the facts and analytes that it asks for
  record Condition(String where, CelRuntime.Program program, Set<String> asks) {

    /// Null when it cannot be told.
    @Nullable Boolean holds(Map<String, Object> variables) {
      return ask(where, program, variables);
    }
  }

  /// @param where for the message
  /// @throws IllegalArgumentException when it is no condition, or asks for what does not exist
  Condition condition(String where, String text) {
    try {
      CelAbstractSyntaxTree tree = compiler.compile(text).getAst();
      var asks = new TreeSet<String>();
      CelNavigableAst.fromAst(tree)
          .getRoot()
          .allNodes()
          .map(node -> node.expr())
          .filter(node -> node.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL)
          .forEach(node -> check(where, node.call(), asks));
      return new Condition(where, runtime.createProgram(tree), asks);
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }

  /// What is unknown is handed on as a value: as an exception each would cost a stack trace.
  private static Object answer(CelFunctionOverload asks, Object[] asked)
      throws CelEvaluationException {
    try {
      return asks.apply(asked);
    } catch (Unknown e) {
      return UNKNOWN;
    }
  }

  private static @Nullable Boolean ask(
      String where, CelRuntime.Program program, Map<String, Object> variables) {
    try {
      return program.eval(variables) instanceof Boolean holds ? holds : null;
    } catch (CelEvaluationException e) {
      throw new IllegalStateException(where + " cannot be evaluated", e);
    }
  }

  private void check(String where, CelExpr.CelCall call, Set<String> asks) {
    List<String> words =
        call.args().stream()
            .filter(argument -> argument.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT)
            .map(CelExpr::constant)
            .filter(constant -> constant.getKind() == CelConstant.Kind.STRING_VALUE)
            .map(CelConstant::stringValue)
            .toList();
    QUESTIONS.stream()
        .filter(question -> call.target().isPresent())
        .filter(question -> question.name().equals(call.function()))
        .filter(question -> question.arguments().size() == call.args().size())
        .filter(question -> receiver(call).equals(question.receiver()))
        .forEach(
            question -> {
              if (!exist(question.words(), words)) {
                throw new IllegalArgumentException(
                    where + ": " + question.name() + words + " asks for what does not exist");
              }
              if (question.words().areOfThePatient) {
                asks.add(words.getFirst());
              }
              asks.addAll(BESIDE.getOrDefault(question.name(), List.of()));
            });
  }

  private static String receiver(CelExpr.CelCall call) {
    return call.target()
        .filter(target -> target.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT)
        .map(target -> target.ident().name())
        .orElse("");
  }

  private boolean exist(Words kind, List<String> words) {
    return switch (kind) {
      case FREE -> true;
      case CONDITION -> vocabulary.isCondition(words.getFirst());
      case QUANTITY_AND_UNIT -> vocabulary.isQuantity(words.getFirst(), words.get(1));
      case CODED_AND_VALUE -> vocabulary.isCoded(words.getFirst(), words.get(1));
      case ANALYTE -> vocabulary.isAnalyte(words.getFirst());
      case ANALYTE_AND_UNIT -> vocabulary.isAnalyte(words.getFirst(), words.get(1));
      case AGENT, AGENT_AND_INDICATION -> classes.knows(words.getFirst());
      case AGENT_AND_ROUTE -> classes.knows(words.getFirst()) && isRoute(words.get(1));
      case AGENT_AND_UNIT -> classes.knows(words.getFirst()) && isMass(words.get(1));
      case AGENT_UNIT_AND_ROUTE ->
          classes.knows(words.getFirst()) && isMass(words.get(1)) && isRoute(words.get(2));
      case TWO_AGENTS -> classes.knows(words.getFirst()) && classes.knows(words.get(1));
      case STATUS -> isStatus(words.getFirst());
    };
  }

  private static boolean isRoute(String word) {
    return List.of(Route.values()).stream().anyMatch(route -> route.name().equals(word));
  }

  private static boolean isMass(String word) {
    return word.equals("mg") || word.equals("ug");
  }

  private static boolean isStatus(String word) {
    return List.of(RegulatoryStatus.values()).stream().anyMatch(it -> it.name().equals(word));
  }

  private static Class<?> javaType(CelType type) {
    if (type.equals(TEXT)) {
      return String.class;
    }
    return type.equals(COUNT) ? Long.class : Double.class;
  }

  private static Question patient(
      String name, CelType answer, Words words, List<CelType> arguments, CelFunctionOverload asks) {
    return new Question("patient", PatientInquiry.class, name, answer, words, arguments, asks);
  }

  private static Question regimen(
      String name, CelType answer, Words words, List<CelType> arguments, CelFunctionOverload asks) {
    return new Question("regimen", RegimenInquiry.class, name, answer, words, arguments, asks);
  }

  private static Question step(String name, CelType answer, CelFunctionOverload asks) {
    return new Question("step", StepInquiry.class, name, answer, Words.FREE, List.of(), asks);
  }

  private static Question flags(
      String name, CelType answer, Words words, List<CelType> arguments, CelFunctionOverload asks) {
    return new Question("flags", FlagsInquiry.class, name, answer, words, arguments, asks);
  }

  private static PatientInquiry p(Object[] arguments) {
    return (PatientInquiry) arguments[0];
  }

  private static RegimenInquiry r(Object[] arguments) {
    return (RegimenInquiry) arguments[0];
  }

  private static FlagsInquiry f(Object[] arguments) {
    return (FlagsInquiry) arguments[0];
  }

  private static String text(Object[] arguments, int at) {
    return (String) arguments[at];
  }

  private static long count(Object[] arguments, int at) {
    return (Long) arguments[at];
  }
}
