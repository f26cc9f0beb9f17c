using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

/// A warm Roslyn under dotnet. Each line in is {"source": BASE64}; each line out is {"messages": BASE64, "files":
/// {BASE64: BASE64}} (program.dll), without "files" when the program does not compile.
///
/// Arguments: the folder of Roslyn, and that of the runtime's assemblies, which are read once. A compilation is a value of
/// its own, without files and without state that stays. No code of the program runs here.
static class Server
{
    const string Entry = "MixlawSentinel"; // which calls the program's own Main

    static void Main(string[] arguments)
    {
        string roslyn = arguments[0];
        AppDomain.CurrentDomain.AssemblyResolve += (_, wanted) =>
        {
            string path = Path.Combine(roslyn, new System.Reflection.AssemblyName(wanted.Name).Name + ".dll");
            return File.Exists(path) ? System.Reflection.Assembly.LoadFrom(path) : null;
        };
        Compiler.Serve(arguments[1]);
    }

    /// Apart, so that its types are looked for after Main has said where.
    static class Compiler
    {
        static readonly CSharpParseOptions Parsing =
            new CSharpParseOptions(LanguageVersion.Default, preprocessorSymbols: new[] { "DEBUG" });
        static readonly CSharpCompilationOptions Options =
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, deterministic: true, concurrentBuild: false);

        public static void Serve(string runtime)
        {
            var answers = new StreamWriter(Console.OpenStandardOutput(), new ASCIIEncoding());
            var requests = new StreamReader(Console.OpenStandardInput(), new ASCIIEncoding());
            Console.SetOut(TextWriter.Null);
            var references = Directory.GetFiles(runtime, "*.dll").Where(IsManaged)
                .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)).ToArray();
            for (string line; (line = requests.ReadLine()) != null;)
            {
                int open = line.IndexOf('"', line.IndexOf(':')) + 1;
                string encoded = line.Substring(open, line.IndexOf('"', open) - open);
                answers.Write(Answer(Encoding.UTF8.GetString(Convert.FromBase64String(encoded)), references) + "\n");
                answers.Flush();
            }
        }

        static string Answer(string source, MetadataReference[] references)
        {
            var tree = CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), Parsing, "program.cs");
            var options = source.Contains("class " + Entry) ? Options.WithMainTypeName(Entry) : Options;
            var output = new MemoryStream();
            var made = CSharpCompilation.Create("program", new[] { tree }, references, options).Emit(output);
            var errors = made.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error);
            string messages = string.Concat(errors.Select(one => one + "\n"));
            string answer = "{\"messages\":\"" + Encode(new UTF8Encoding(false).GetBytes(messages)) + "\"";
            if (made.Success)
                answer += ",\"files\":{\"" + Encode(Encoding.ASCII.GetBytes("program.dll")) + "\":\""
                    + Encode(output.ToArray()) + "\"}";
            return answer + "}";
        }

        static bool IsManaged(string path)
        {
            try
            {
                System.Reflection.AssemblyName.GetAssemblyName(path);
                return true;
            }
            catch (BadImageFormatException)
            {
                return false;
            }
        }

        static string Encode(byte[] bytes)
        {
            return Convert.ToBase64String(bytes);
        }
    }
}
