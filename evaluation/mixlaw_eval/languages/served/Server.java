import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A warm javac. Each line in is {"source": BASE64}; each line out is {"messages": BASE64, "files": {BASE64: BASE64},
 * "entries": [BASE64]} (class files by path; the classes that can be started, in the order of the source), without
 * "files" when the program does not compile.
 *
 * Sources and classes stay in memory. Every compilation has a javac context and an output of its own; what is shared
 * is the file manager's view of the platform's classes, which programs cannot change. Annotation processing is off, so
 * no code of the program runs here.
 */
class Server {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final StandardJavaFileManager PLATFORM =
            COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws Exception {
        String classPath = arguments.length > 0 ? arguments[0] : "";
        List<String> options = List.of("-proc:none", "-implicit:none", "-Xlint:none", "-XDuseUnsharedTable=true",
                "-sourcepath", "", "-classpath", classPath);
        PrintStream answers = System.out;
        System.setOut(System.err);
        BufferedReader requests =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line; (line = requests.readLine()) != null; ) {
            answers.print(answer(line, options) + "\n");
            answers.flush();
        }
    }

    private static String answer(String request, List<String> options) {
        int start = request.indexOf(':');
        int open = request.indexOf('"', start) + 1;
        String source = new String(Base64.getDecoder().decode(request.substring(open, request.indexOf('"', open))),
                StandardCharsets.UTF_8);
        StringWriter messages = new StringWriter();
        Classes classes = new Classes();
        Entries entries = new Entries();
        boolean compiled;
        try {
            JavacTask task = (JavacTask) COMPILER.getTask(new PrintWriter(messages), classes, null, options, null,
                    List.of(new Source(source)));
            task.addTaskListener(entries);
            compiled = task.call();
        } catch (OutOfMemoryError error) {
            throw error;
        } catch (Throwable error) {
            compiled = false;
            messages.write("the compiler failed: " + error + "\n");
        }
        return "{\"messages\":\"" + encode(messages.toString().getBytes(StandardCharsets.UTF_8))
                + "\",\"entries\":[" + String.join(",", entries.names) + "]"
                + (compiled ? ",\"files\":{" + classes.json() + "}" : "") + "}";
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Top-level classes with a public static void main(String[]). */
    private static final class Entries implements TaskListener {
        private final List<String> names = new ArrayList<>();

        @Override
        public void finished(TaskEvent event) {
            TypeElement type = event.getTypeElement();
            if (event.getKind() == TaskEvent.Kind.ANALYZE && type != null
                    && ElementFilter.methodsIn(type.getEnclosedElements()).stream().anyMatch(Entries::isMain)) {
                names.add("\"" + encode(type.getQualifiedName().toString().getBytes(StandardCharsets.UTF_8)) + "\"");
            }
        }

        private static boolean isMain(ExecutableElement method) {
            return method.getSimpleName().contentEquals("main")
                    && method.getModifiers().containsAll(Set.of(Modifier.PUBLIC, Modifier.STATIC))
                    && method.getParameters().size() == 1
                    && method.getParameters().get(0).asType().toString().equals("java.lang.String[]");
        }
    }

    /** The program. Its file is called as the first public class wants it. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;
        private String name;

        Source(String text) {
            super(URI.create("string:///Program.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            if (kind != Kind.SOURCE || simpleName.contains("-")) {
                return false; // asked too: whether it is package-info or module-info
            }
            if (name == null) {
                name = simpleName;
            }
            return simpleName.equals(name);
        }
    }

    /** Class files of one compilation; everything else is read from the platform. */
    private static final class Classes extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> files = new LinkedHashMap<>();

        Classes() {
            super(PLATFORM);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream stream = new ByteArrayOutputStream();
                    files.put(className.replace('.', '/') + ".class", stream);
                    return stream;
                }
            };
        }

        @Override
        public void close() {
            // The platform's file manager serves the next program.
        }

        String json() {
            List<String> entries = new ArrayList<>();
            files.forEach((name, bytes) -> entries.add("\"" + encode(name.getBytes(StandardCharsets.UTF_8)) + "\":\""
                    + encode(bytes.toByteArray()) + "\""));
            return String.join(",", entries);
        }
    }
}
