// Appended to a self-checking program: calls its Main and then prints the sentinel.
//
// A failed Debug.Assert ends the program at once. By itself it would go unnoticed, or be a line on standard error.
class MixlawSentinel : global::System.Diagnostics.TraceListener
{
    static int Main()
    {
        var listener = new MixlawSentinel();
        if (!ListenQuickly(listener))
        {
            global::System.Diagnostics.Trace.Listeners.Clear();
            global::System.Diagnostics.Trace.Listeners.Add(listener);
        }
        int exitCode = Call(ProgramsMain());
        global::System.Console.Out.Flush();
        if (exitCode == 0 && global::System.Diagnostics.Trace.Listeners.Contains(listener))
        {
            byte[] sentinel = global::System.Text.Encoding.ASCII.GetBytes("\n@SENTINEL@\n");
            using (var output = global::System.Console.OpenStandardOutput())
                output.Write(sentinel, 0, sentinel.Length);
        }
        return exitCode;
    }

    static global::System.Reflection.MethodInfo ProgramsMain()
    {
        const global::System.Reflection.BindingFlags flags = global::System.Reflection.BindingFlags.Static
            | global::System.Reflection.BindingFlags.Public | global::System.Reflection.BindingFlags.NonPublic
            | global::System.Reflection.BindingFlags.DeclaredOnly;
        global::System.Reflection.MethodInfo found = null;
        foreach (var type in typeof(MixlawSentinel).Assembly.GetTypes())
            foreach (var method in type.GetMethods(flags))
                if (type != typeof(MixlawSentinel) && method.Name == "Main" && !method.ContainsGenericParameters)
                {
                    if (found != null)
                        throw new global::System.InvalidOperationException("the program has more than one Main");
                    found = method;
                }
        if (found == null)
            throw new global::System.InvalidOperationException("the program has no Main");
        return found;
    }

    static int Call(global::System.Reflection.MethodInfo main)
    {
        object result = null;
        try
        {
            bool bare = main.GetParameters().Length == 0;
            result = main.Invoke(null, bare ? null : new object[] { new string[0] });
            if (result is global::System.Threading.Tasks.Task)
                ((global::System.Threading.Tasks.Task)result).GetAwaiter().GetResult();
        }
        catch (global::System.Reflection.TargetInvocationException error)
        {
            global::System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(error.InnerException).Throw();
        }
        return result is int ? (int)result : 0;
    }

    // What the two lines above do, without reading mono's configuration first (2 ms instead of 60). False where the
    // library is another.
    static bool ListenQuickly(MixlawSentinel listener)
    {
        const global::System.Reflection.BindingFlags hidden = global::System.Reflection.BindingFlags.NonPublic
            | global::System.Reflection.BindingFlags.Static | global::System.Reflection.BindingFlags.Instance;
        var collection = typeof(global::System.Diagnostics.TraceListenerCollection);
        var inner = collection.Assembly.GetType("System.Diagnostics.TraceInternal");
        var listeners = inner == null ? null : inner.GetField("listeners", hidden);
        var initialized = inner == null ? null : inner.GetField("settingsInitialized", hidden);
        var list = collection.GetField("list", hidden);
        if (listeners == null || initialized == null || list == null
            || list.FieldType != typeof(global::System.Collections.ArrayList))
            return false;
        object all = global::System.Activator.CreateInstance(collection, true);
        ((global::System.Collections.ArrayList)list.GetValue(all)).Add(listener);
        listeners.SetValue(null, all);
        initialized.SetValue(null, true);
        return true;
    }

    public override void Fail(string message)
    {
        Fail(message, "");
    }

    public override void Fail(string message, string detail)
    {
        global::System.Console.Out.Flush();
        global::System.Console.Error.WriteLine("Debug.Assert failed: " + message + " " + detail);
        global::System.Environment.Exit(1);
    }

    public override void Write(string message) { }

    public override void WriteLine(string message) { }
}
